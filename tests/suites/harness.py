# SPDX-License-Identifier: GPL-3.0-or-later
"""What all suites share: running the command in an environment of its own, reading its answers, counting cases."""
import csv
import contextlib
import json
import os
import random
import re
import resource
import shutil
import subprocess
from decimal import Decimal, DefaultContext, setcontext

TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ROOT = os.path.dirname(TESTS)
DATA = os.path.join(ROOT, 'data')
OK, USAGE, INVALID, UNDETERMINED, SYSTEM = 0, 2, 3, 4, 5
DefaultContext.prec = 100  # totals have up to forty digits, all of which are compared
setcontext(DefaultContext)  # of this thread; those of suites side by side begin with it
HEADER = 'period,activity,quantity,unit'
# How findings stand in answers: as JSON with both texts, or as a line of one language.
FOUND_JSON = re.compile(rb'"code": ?"([EWC]\d{4})",\s*"text": ?\{\s*"(en|zh)": ?"([^"\\]*(?:\\.[^"\\]*)*)",\s*"(?:en|zh)": ?"([^"\\]*(?:\\.[^"\\]*)*)"')
FOUND_LINE = re.compile('(error|warning|错误|警告) ([EW][0-9]{4})(?:: |：)(.*)'.encode())
SEEN = {}   # of each code, the texts with which a run of tanhe gave it: {'en': {...}, 'zh': {...}}, at most 20 of each


def inside(value, at):
    """What stands in JSON behind these keys and indices."""
    for step in at:
        value = value[step]
    return value


def with_digit(number):
    """A decimal with one more digit behind it."""
    return number + ('1' if '.' in number else '.1')


def change_factor(folder, used):
    """In a copy of the reference data, one more digit behind the value of that factor (an element of a report's `factors`), behind the heat value that it is
    derived from, or behind its first parameter; the file, and the member that is another one."""
    member = next(name for name in ('value', 'ncv', 'parameters') if name in used)
    for name in sorted(os.listdir(os.path.join(folder, 'factors'))):
        path = os.path.join(folder, 'factors', name)
        with open(path, encoding='utf-8', newline='') as f:
            table = list(csv.reader(f))
        head = table[0]
        if 'id' not in head:
            continue
        found = [row for row in table[1:] if all(row[head.index(key)] == used.get(key, '') for key in ('id', 'gas', 'region', 'valid_from'))]
        if not found:
            continue
        at = head.index(member)
        if member == 'parameters':
            first = next(iter(used['parameters']))
            found[0][at] = re.sub(rf'\b{first}=([\d.]+)', lambda match: f'{first}={with_digit(match[1])}', found[0][at])
            member += f'.{first}'
        else:
            found[0][at] = with_digit(found[0][at])
        with open(path, 'w', encoding='utf-8', newline='') as f:
            csv.writer(f, lineterminator='\n').writerows(table)
        return os.path.join('factors', name), member
    raise Failure(f'{used["id"]} is in no factor file')


def other_factors(folder, account, count):
    """A copy of the reference data in which each time another of the factors of an account is not what it is: its element of `factors`, and the changed member."""
    shutil.copytree(DATA, folder)
    for seed in range(count):
        used = random.Random(seed).choice([f for f in account['factors'] if not {'value', 'ncv', 'parameters'}.isdisjoint(f) and not f['id'].startswith('SH-GREEN')])
        name, member = change_factor(folder, used)
        yield used, member
        shutil.copyfile(os.path.join(DATA, name), os.path.join(folder, name))


def shipped_pack(name='shanghai-2022-189'):
    """A rule pack as JSON that may be changed."""
    with open(os.path.join(DATA, 'rules', f'{name}.json'), encoding='utf-8') as f:
        return json.load(f)


class Failure(Exception):
    """A case did not behave as it should; the text says how."""


class Result:
    """How a run ended: status (negative: the signal that ended it), stdout and stderr as bytes."""

    def __init__(self, status, out, err):
        self.status, self.out, self.err = status, out, err

    @property
    def text(self):
        return self.out.decode('utf-8')

    @property
    def errors(self):
        return self.err.decode('utf-8')

    def json(self):
        """The JSON document on stdout, its numbers as Decimal."""
        return parse_json(self.out)

    def diagnostics(self):
        """The findings of --diagnostics json, each as one flat object with the English text; other lines on stderr (usage) are left out."""
        found = [json.loads(line) for line in self.errors.splitlines() if line.startswith('{"severity"')]
        rows = [{'severity': d['severity'], 'code': d['code'], 'detail': d['text']['en'], 'zh': d['text']['zh'], 'file': '', 'line': 0, 'column': 0,
                 **d.get('place', {})} for d in found]
        for row in rows:
            row['file'] += '#' + row['sheet'] if 'sheet' in row else ''
        return rows


def parse_json(data):
    def no_constant(word):
        raise Failure(f'{word} in JSON')
    return json.loads(data.decode('utf-8'), parse_float=Decimal, parse_int=Decimal, parse_constant=no_constant)


def want(condition, text):
    if not condition:
        raise Failure(text)


def same(found, expected, what):
    if found != expected:
        raise Failure(f'{what}: found {found!r}, expected {expected!r}')


def lacks(answer):
    """What a requirement, a check or a route misses: ids, that of a paper behind `evidence:`."""
    return [('evidence:' if m['kind'] == 'evidence' else '') + m['id'] for m in answer['missing']]


def spots(caveat):
    """The places of a caveat, as file:line."""
    return [f'{p["file"]}:{p["line"]}' if 'line' in p else p['file'] for p in caveat['places']]


def english(caveats, *codes):
    """The English texts of caveats, of these codes where some are given."""
    return [c['text']['en'] for c in caveats if not codes or c.get('code') in codes]


def over_years(account, member):
    """The sum over all years of a member of theirs, as totals or by_gas: what an account itself never sums."""
    found = {}
    for year in account['years']:
        for name, value in year[member].items():
            found[name] = found.get(name, Decimal(0)) + value
    return found


def enter_seen(seen):
    """Enter what SEEN was elsewhere or before into SEEN."""
    for code, texts in seen.items():
        for lang in texts:
            SEEN.setdefault(code, {'en': set(), 'zh': set()})[lang].update(texts[lang])


def see(data):
    """Enter what an answer says into SEEN."""
    def enter(code, lang, text):
        texts = SEEN.setdefault(code.decode(), {'en': set(), 'zh': set()})[lang]
        if len(texts) < 20:
            texts.add(text)
    for code, first, one, other in FOUND_JSON.findall(data):
        for lang, text in ((first.decode(), one), ('en' if first == b'zh' else 'zh', other)):
            enter(code, lang, json.loads(b'"' + text + b'"'))
    for severity, code, text in FOUND_LINE.findall(data):
        enter(code, 'en' if severity.isascii() else 'zh', text.decode('utf-8', 'replace'))


class Suite:
    """One suite's folder and counts. A case is the body of `with suite.case(name):`."""

    def __init__(self, name, tanhe, folder, valgrind=False, update=False, whole=False):
        """whole: all suites run."""
        self.name, self.tanhe, self.folder, self.valgrind, self.update, self.whole = name, tanhe, folder, valgrind, update, whole
        self.passed = self.failed = self.skipped = 0

    def fail(self, case, text):
        self.failed += 1
        print(f'FAIL {self.name}: {case}\n  ' + text.rstrip().replace('\n', '\n  '), flush=True)

    def skip(self, case, text):
        self.skipped += 1
        print(f'skip {self.name}: {case}: {text}', flush=True)

    @contextlib.contextmanager
    def case(self, name):
        try:
            yield
        except (Failure, AssertionError, KeyError, ValueError, OSError, subprocess.SubprocessError) as e:
            self.fail(name, f'{e}' if isinstance(e, Failure) else f'{type(e).__name__}: {e}')
        else:
            self.passed += 1

    def path(self, name):
        """A path in the suite's folder, its parents made."""
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        return path

    def write(self, name, content):
        """Write text (as UTF-8) or bytes to a file in the suite's folder; the name again."""
        with open(self.path(name), 'wb') as f:
            f.write(content if isinstance(content, bytes) else content.encode('utf-8'))
        return name

    def run(self, *args, stdin=b'', cwd=None, env=None, memory=None, largest=None, timeout=60, **more):
        """Run tanhe with these arguments in the suite's folder. No locale, no terminal, no data but the shipped ones."""
        environment = {'PATH': '/usr/bin:/bin', 'LC_ALL': 'C', 'TERM': 'dumb', **(env or {})}
        if 'ASAN_OPTIONS' in os.environ:
            environment['ASAN_OPTIONS'] = os.environ['ASAN_OPTIONS']
        command = [self.tanhe, *args]
        if self.valgrind:
            command = ['valgrind', '-q', '--error-exitcode=99', '--leak-check=full',
                       '--errors-for-leak-kinds=definite,indirect,possible', *command]
            timeout *= 10

        def limit():
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            if memory and not self.valgrind:
                resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
            if largest is not None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
        if 'stdin_file' in more:
            source = {'stdin': more.pop('stdin_file')}
        else:
            source = {'input': stdin}
        output = more.pop('stdout', subprocess.PIPE)
        errors = more.pop('stderr', subprocess.PIPE)
        done = subprocess.run(command, cwd=cwd or self.folder, env=environment, stdout=output, stderr=errors, timeout=timeout,
                              preexec_fn=limit, **source, **more)
        if self.valgrind and done.returncode == 99:
            raise Failure('valgrind: ' + done.stderr.decode('utf-8', 'replace')[:2000])
        see(done.stdout or b'')
        see(done.stderr or b'')
        return Result(done.returncode, done.stdout or b'', done.stderr or b'')

    def account(self, *args, **more):
        """The JSON account of a run that must succeed."""
        result = self.run('account', *args, '-f', 'json', **more)
        if result.status != OK:
            raise Failure(f'status {result.status} of account {" ".join(args)}\n{result.errors[:2000]}')
        return result.json()


def rows(*lines, header=HEADER):
    """An inventory of these lines."""
    return header + '\n' + ''.join(line + '\n' for line in lines)
