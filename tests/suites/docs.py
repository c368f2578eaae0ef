# SPDX-License-Identifier: GPL-3.0-or-later
"""What the documents show runs, and where they print an answer it is that answer."""
import csv
import glob
import json
import os
import re
import shutil
import subprocess
import unicodedata

from .harness import DATA, ROOT, Failure, same, shipped_pack, want


def console_blocks(path):
    """Commands of ```console blocks with the lines that are printed below each."""
    with open(path, encoding='utf-8') as f:
        text = f.read()
    for block in re.findall(r'^```console\n(.*?)^```', text, re.M | re.S):
        command, printed = None, []
        for line in block.splitlines():
            if line.startswith('$ '):
                if command:
                    yield command, printed
                command, printed = line[2:], []
            else:
                printed.append(line)
        if command:
            yield command, printed


def manual_commands(path):
    """The literal displays of a manual page that start with a prompt, in plain text."""
    with open(path, encoding='utf-8') as f:
        for line in f:
            if line.startswith('.Dl $ '):
                yield re.sub(r'\\(e|&|-|\(aq)', lambda m: {'e': '\\', '&': '', '-': '-', '(aq': "'"}[m.group(1)], line[len('.Dl $ '):].rstrip('\n')), []


def manual_pages():
    """The pages that the Makefile installs, in their folder of man."""
    with open(os.path.join(ROOT, 'Makefile'), encoding='utf-8') as f:
        return [('zh_CN/' if chinese else '') + page for chinese, line in re.findall(r'^MAN\d(_ZH)? = (.*)', f.read(), re.M) for page in line.split()]


def sandbox(t):
    """A folder that looks like the root of the project, with the command in its PATH."""
    root = t.path('root/x')[:-2]
    for name in ('examples', 'data'):
        os.symlink(os.path.join(ROOT, name), os.path.join(root, name))
    os.makedirs(t.path('bin/x'))
    os.symlink(t.tanhe, t.path('bin/tanhe'))
    return root


def elided(printed, lines):
    """Whether lines are what is printed, where `...` stands for any lines. The first that is not found otherwise."""
    at, anywhere = 0, False
    for wanted in printed:
        if wanted.strip() == '...':
            anywhere = True
            continue
        found = next((i for i in range(at, len(lines)) if lines[i] == wanted), None) if anywhere else at if at < len(lines) and lines[at] == wanted else None
        if found is None:
            return wanted
        at, anywhere = found + 1, False
    return None if anywhere or at == len(lines) else 'the end'


def run_example(t, root, command, printed):
    done = subprocess.run(['sh', '-c', command], cwd=root, capture_output=True, timeout=60, check=False,
                          env={'PATH': t.path('bin') + ':/usr/bin:/bin', 'LC_ALL': 'C', 'TERM': 'dumb'})
    same(done.returncode, 0, f'status ({done.stderr.decode()[:400]})')
    if printed:
        missing = elided(printed, done.stdout.decode('utf-8').lstrip('\ufeff').splitlines())
        if missing is not None:
            raise Failure(f'not printed, or not in this order: {missing}')


def facts(t):
    """Numbers that the README states of the data and of the ledger."""
    count = 0
    for path in glob.glob(os.path.join(DATA, 'factors', '*.csv')):
        with open(path, encoding='utf-8') as f:
            count += sum(1 for _ in csv.DictReader(f))
    with open(os.path.join(ROOT, 'README.md'), encoding='utf-8') as f:
        readme = f.read()
    hundreds = re.search(r'(\d+) 多行排放因子', readme)
    want(hundreds and 0 <= count - int(hundreds.group(1)) < 100, f'the README states {hundreds and hundreds.group(0)}, there are {count}')
    t.run('account', os.path.join(ROOT, 'examples', 'enterprise'), '--ledger', 'ledger.csv')
    with open(t.path('ledger.csv'), encoding='utf-8') as f:
        ledger = f.read()
    formulas = re.findall(r'^ *`([^`]+ × [^`]+)`', readme, re.M)
    want(formulas and all(f in ledger for f in formulas), f'not in the ledger of the example: {formulas}')


def page(name):
    with open(os.path.join(ROOT, 'man', name), encoding='utf-8') as f:
        return f.read()


def options(t):
    """Every option of the command is in its manual page and the other way round, in both languages the same, and every code that a page names there is."""
    everywhere = set()
    commands = [[name] for name in re.findall(r'^  ([a-z]+)  ', t.run('--help', '--lang', 'zh').text, re.M)]
    want(len(commands) > 4, f'commands: {commands}')
    same([name for name, in commands if not re.search(rf'^\.It Cm {name}\b', page('zh_CN/tanhe.1'), re.M)], [], 'commands that are not in zh_CN/tanhe.1')
    for manual, helps in (('tanhe.1', ([], ['account'], ['factors'])), ('tanhe-batch.1', (['batch'],)), ('tanhe-check.1', (['check'], ['rules'])), ('tanhe-plan.1', (['plan'],)),
                          ('tanhe-init.1', (['init'],)), ('tanhe-layout.1', (['layout'],)), ('tanhe-verify.1', (['verify'],)), ('tanhe-diff.1', (['diff'],)), ('tanhe-explain.1', (['explain'],)), ('tanhe-footprint.1', (['footprint'],)), ('zh_CN/tanhe-footprint.1', (['footprint'],)), ('tanhe-event.1', (['event'],)), ('tanhe-report.1', (['report'],)), ('zh_CN/tanhe.1', [[], *commands])):
        offered = set()
        for args in helps:
            found, chinese = (set(re.findall(r'--[a-z][a-z-]+', t.run(*args, '--help', '--lang', lang).text)) for lang in ('en', 'zh'))
            same(chinese, found, f'options of {args} in Chinese')
            offered |= found
        everywhere |= offered
        for option in sorted(offered):
            want(re.search(rf'Fl -{option[2:]}\b', page(manual)), f'{option} is not in {manual}')
    documented = {'--' + name for manual in manual_pages() for name in re.findall(r'Fl -([a-z][a-z-]+)', page(manual))}
    same(sorted(documented - everywhere), [], 'options that are gone')
    with open(os.path.join(ROOT, 'src', 'base', 'diag.def'), encoding='utf-8') as f:
        codes = {letter + number for number, letter in re.findall(r'^D\((\d+), (\w)', f.read(), re.M)}
    want(codes, 'no codes')
    for code in codes:
        want(code in page('tanhe-diag.7'), f'{code} is not in tanhe-diag.7; the page is generated')
    for name in [os.path.join('man', manual) for manual in manual_pages()] + ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'examples/README.md']:
        with open(os.path.join(ROOT, name), encoding='utf-8') as f:
            same(sorted(set(re.findall(r'\b[EWC]\d{4}\b', f.read())) - codes), [], f'codes that are gone, in {name}')


def members(_):
    """The members of the JSON, the tables of the data, what a rule pack may compute and its operators are in their pages."""
    def schema(name):
        with open(os.path.join(DATA, 'schema', name + '.schema.json'), encoding='utf-8') as f:
            return json.load(f)['properties']
    listed = {'tanhe.1': set(schema('account')) | set(schema('account')['totals']['properties']), 'tanhe-check.1': set(schema('check')),
              'tanhe-plan.1': set(schema('plan')), 'tanhe-layout.1': set(schema('layout')),
              'tanhe-factors.5': {name for name in os.listdir(DATA) if os.path.isfile(os.path.join(DATA, name))}, 'tanhe-rules.5': set()}
    for path, pattern in (('src/check/values.c', r'^\t\{"(\w+)", TH_RULE_'), ('src/rules/expr.c', r'\{"(\w+)", TH_OP_')):
        with open(os.path.join(ROOT, path), encoding='utf-8') as f:
            found = set(re.findall(pattern, f.read(), re.M))
        want(len(found) > 10, f'{path}: {found}')
        listed['tanhe-rules.5'] |= found
    for manual, words in listed.items():
        same(sorted(word for word in words if not re.search(rf'(?<!\w){re.escape(word)}(?!\w)', page(manual))), [], f'not in {manual}')


def sections(manual):
    """The parts of a page on the files of a case: file, text."""
    for title, text in re.findall(r'^\.Ss (.*)\n((?:(?!\.S[sh] ).*\n)*)', page(manual), re.M):
        for file in re.findall(r'(\w+)\.csv', title):
            yield file, text


def known_names():
    """What the columns of a case and its facts may be called: by file (a fact: `fact`), by id."""
    known = {'fact': {}}
    with open(os.path.join(DATA, 'columns.csv'), encoding='utf-8') as f:
        for row in csv.DictReader(f):
            if '.' not in row['file']:
                known.setdefault(row['file'], {})[row['column']] = row['aliases'].split(';')
    for fact in shipped_pack()['facts']:
        known['fact'][fact['id']] = [fact['zh'], *fact.get('aliases', [])]
    with open(os.path.join(DATA, 'intensities.csv'), encoding='utf-8') as f:
        for row in csv.DictReader(f):
            known['fact'].setdefault(row['fact'], []).extend(row['fact_aliases'].split(';'))
    with open(os.path.join(ROOT, 'src', 'case', 'facts.c'), encoding='utf-8') as f: # facts that no rule pack declares
        for listed in re.findall(r'names\[\] = \{([^}]*)\}', f.read()):
            own = re.findall('"([^"]*)"', listed)
            known['fact'][own[0]] = own
    return known


def columns(_):
    """The manual of a case has each column and fact, in Chinese all of them with words that are read as such."""
    known = known_names()
    want(len(known['fact']) > 30 and 'gas_condition' in known['fact'] and len(known) > 8, f'names: {known.keys()}')
    for manual in ('tanhe-case.5', 'zh_CN/tanhe-case.5'):
        chinese, seen = manual.startswith('zh_CN'), {}
        for file, text in sections(manual):
            own = {**known['fact'], **known['case']} if file == 'case' else known[file]
            seen.setdefault(file, set()).update(re.findall(r'\w+', ' '.join(re.findall(r'\bCm ([\w ,]*)', text))))
            for name, words in re.findall(r'\bCm (\w+) Pq ([^\n]*?)(?: ,)?$', text, re.M):
                words = [word for word in re.split(', |; ', re.sub(r' \.\.\.$', '', words)) if not word.isascii()]
                names = known['case'][name] if file == 'case' and name in known['case'] else own.get(name, [])
                if chinese or name in own: # English pages gloss values too
                    same([word for word in words if word not in names and word not in sum(own.values(), [])], [], f'{manual}, {file}.csv: what {name} is not called')
                if chinese:
                    same([word for word in words if word not in names and word not in known['fact'].get(name, [])], [], f'{manual}, {file}.csv: what {name} is not called')
        for file in ('inventory', 'case', 'measures', 'targets', 'instruments', 'offsets'):
            wanted = set(known[file]) | (set(known['fact']) if file == 'case' and chinese else set())
            beside = set() if chinese else set(re.findall(r'\w+', page('tanhe-plan.1')))
            # A table of several applicants has their column, and is none of one case.
            same(sorted(wanted - seen.get(file, set()) - beside - {'applicant'}), [], f'{manual}: not said of {file}.csv')
    profiles = [name[:-len('.json')] for name in os.listdir(os.path.join(DATA, 'profiles')) if name != 'set.json']
    want(len(profiles) > 2, 'profiles')
    same([name for name in profiles if f'.It Cm {name}\n' not in page('zh_CN/tanhe.1')], [], 'profiles that are not in zh_CN/tanhe.1')


def example_case(t):
    """The tables that the Chinese manual of a case shows are a case, to be copied."""
    example = page('zh_CN/tanhe-case.5').split('\n.Sh ')[-2]
    tables = re.findall(r'^\.Bd -literal.*?\n(.*?)^\.Ed', example, re.M | re.S)
    for name, table in zip(('inventory', 'case', 'measures', 'targets'), tables, strict=True):
        t.write(f'case/{name}.csv', table)
    for command, status in (('account', 0), ('check', 4), ('plan', 0)):
        done = t.run(command, 'case', '--lang', 'zh')
        same((done.status, done.errors), (status, ''), f'what {command} says of it')


def width(_):
    """The Chinese pages fit a terminal of 80 columns."""
    pages = [manual for manual in manual_pages() if manual.startswith('zh_CN/')]
    want(len(pages) > 1, 'pages')
    for manual in pages:
        done = subprocess.run(['mandoc', '-Tutf8', '-O', 'width=78', os.path.join(ROOT, 'man', manual)], capture_output=True, check=True, env={**os.environ, 'LC_ALL': 'C.UTF-8'})
        lines = re.sub('.\b', '', done.stdout.decode('utf-8')).splitlines()
        want(len(lines) > 100, f'{manual} has {len(lines)} lines')
        same([line for line in lines if sum(2 if unicodedata.east_asian_width(c) in 'WF' else 1 for c in line) > 80], [], f'{manual}: too wide')


def sources():
    """All that a document may name: paths of the tree, and the words of its sources without their comments."""
    paths, words = set(), set()
    for top in ('src', 'include', 'tests', 'data', 'man', 'bench', 'examples', 'tools', '.ci'):
        for at, _, names in os.walk(os.path.join(ROOT, top)):
            paths |= {os.path.relpath(os.path.join(at, name), ROOT) for name in names}
            paths.add(os.path.relpath(at, ROOT))
    paths |= {name for name in os.listdir(ROOT) if os.path.isfile(os.path.join(ROOT, name))}
    for path in paths:
        if path.endswith(('.c', '.h')):
            with open(os.path.join(ROOT, path), encoding='utf-8') as f:
                words |= set(re.findall(r'\w+', re.sub(r'/\*.*?\*/', ' ', f.read(), flags=re.S)))
    return paths, words


def there(paths, name):
    """Is it a path of the tree, the end of one, or a pattern that some fit? Parts in capitals stand for a name."""
    pattern = re.compile('(.*/)?' + re.sub(r'\\\*|[A-Z]{2,}', '[^/]*', re.escape(name.rstrip('/'))) + r'(/.*)?')
    return any(pattern.fullmatch(path) for path in paths)


def functions(_):
    """tanhe(3) names every function of the public headers, and no other; its example compiles."""
    public = set()
    for path in glob.glob(os.path.join(ROOT, 'include', 'tanhe', '*.h')):
        with open(path, encoding='utf-8') as f:
            public |= set(re.findall(r'TH_PUBLIC[^;]*?\b(th_\w+)\(', f.read()))
    with open(os.path.join(ROOT, 'man', 'tanhe.3'), encoding='utf-8') as f:
        page = f.read()
    same(sorted(set(re.findall(r'^\.Fn (\w+)', page, re.M))), sorted(public), 'functions')
    example = re.search(r'^\.Bd -literal.*?\n(.*?)^\.Ed', page, re.M | re.S).group(1).replace('\\e', '\\')
    program = '#include <stdio.h>\n#include <tanhe/tanhe.h>\nvoid example(const char *data);\nvoid example(const char *data)\n{\n' + example + '}\n'
    done = subprocess.run(['gcc', '-std=c11', '-Wall', '-Wextra', '-Werror', '-I', os.path.join(ROOT, 'include'), '-fsyntax-only', '-x', 'c', '-'],
                          input=program, capture_output=True, text=True, check=False)
    want(done.returncode == 0, done.stderr[:1000])


def names(_):
    """Every file, function and type that CONTRIBUTING names is there, and its tables are those of the Makefile, of lint and of the suites."""
    paths, words = sources()
    with open(os.path.join(ROOT, 'CONTRIBUTING.md'), encoding='utf-8') as f:
        text = f.read()
    with open(os.path.join(ROOT, 'Makefile'), encoding='utf-8') as f:
        makefile = f.read()
    with open(os.path.join(ROOT, 'tests', 'lint.sh'), encoding='utf-8') as f:
        rules = re.search(r'^rules="(.*)"', f.read(), re.M).group(1).split()
    with open(os.path.join(ROOT, 'tests', 'run.py'), encoding='utf-8') as f:
        suites = re.search(r"for name in \'\'\'(.*?)\'\'\'", f.read(), re.S).group(1).split()
    spans = re.findall(r'`([^`\n]+)`', text)
    wanted = [w for span in spans for w in re.findall(r'(?<![\w/.-])(?:th|cli|cmd)_\w+(?![\w/.])', span) if not w.endswith('_')]
    files = [w.rstrip('.,') for span in spans for w in re.findall(r'[\w.*/-]*\w\.(?:c|h|py|sh|csv|json|def|txt|md|[1-9])(?![\w.])|(?:src|tests|data|man|include|bench|examples)/[\w.*/-]*', span)
             if not w.startswith('/') and not re.match(r'(build|sys)/|unistd|libtanhe|tanhe\.', w)]
    want(len(wanted) > 30 and len(files) > 60, f'{len(wanted)} names, {len(files)} files: is that all?')
    missing = sorted({w for w in wanted if not any(map(re.compile(re.sub('[A-Z]{2,}', r'\\w+', w)).fullmatch, words))} | {w for w in files if not there(paths, w)})
    want(not missing, f'not there: {missing}')
    first = {title: re.findall(r'^\| ((?:`[\w-]+`(?:, )?)+)', block, re.M) for title, block in re.findall(r'^(?=\| (target|suite|rule) \|)((?:\|.*\n)+)', text, re.M)}
    listed = {title: [name for cell in cells for name in re.findall(r'`([\w-]+)`', cell)] for title, cells in first.items()}
    same(sorted(listed['suite']), sorted(suites), 'the suites of the table')
    same(sorted(listed['rule']), sorted(rules), 'the rules of the table')
    for target in listed['target']:
        want(re.search(rf'^{target}:', makefile, re.M), f'no target {target} in the Makefile')


def run(t):
    root = sandbox(t)
    documents = [(p, console_blocks) for p in ('README.md', 'CONTRIBUTING.md', 'examples/README.md')]
    documents += [(os.path.join('man', page), manual_commands) for page in manual_pages()]
    for document, examples in documents:
        # Examples of one document may rest on each other, those of two may write the same name: each document has a folder build of its own.
        shutil.rmtree(os.path.join(root, 'build'), ignore_errors=True)
        os.makedirs(os.path.join(root, 'build'))
        for command, printed in examples(os.path.join(ROOT, document)):
            with t.case(f'{document}: {command}'):
                run_example(t, root, command, printed)
    for check in (facts, options, members, columns, example_case, width, functions, names):
        with t.case(check.__doc__.splitlines()[0]):
            check(t)
