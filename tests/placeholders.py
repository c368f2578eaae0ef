#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether each {n} of a diagnostic or a label gets its argument: placeholders.py [ROOT], called by tests/lint.sh.

src/base/diag.def and src/report/words.def say what {1} {2} ... stand for; the C code hands the arguments to functions that take
a `th_code` or a `th_label` and a list with NULL behind its last. A function or macro that hands its own code on is followed to
its callers. A call must give as many arguments as the largest n, in either language, and no more; trailing empty strings are
no arguments, only fillers of a fixed list, and may stand where a number is optional."""
import glob
import os
import re
import sys

TABLES = {'th_code': ('src/base/diag.def', r'^D\(\d+, *[A-Z]+, *(\w+),(.*)\)', 'TH_'), 'th_label': ('src/report/words.def', r'^W\((\w+),(.*)\)', 'W_')}


def read(path):
    with open(path, encoding='utf-8') as f:
        return f.read()


def blank(text):
    """The same text with comments, and what is in quotes, as blanks: every offset stays."""
    def hide(m):
        s = m.group(0)
        if s[0] in '"\'':
            return s[0] + 'x' * (len(s) - 2) + s[-1]
        return re.sub(r'[^\n]', ' ', s)
    return re.sub(r'/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', hide, text, flags=re.S)


def table(root, kind):
    """{name: the largest n of its texts}"""
    path, row, prefix = TABLES[kind]
    largest = {}
    for name, texts in re.findall(row, read(os.path.join(root, path)), re.M):
        largest[prefix + name] = max([int(n) for n in re.findall(r'\{(?:[1-9]~)?([1-9]),?\}', texts)], default=0)
    return largest


def split(text, at):
    """The arguments of the call whose bracket opens at `at`, and where it ends."""
    depth, start, parts = 0, at + 1, []
    for i in range(at, len(text)):
        if text[i] in '([{':
            depth += 1
        elif text[i] in ')]}':
            depth -= 1
        if depth == 1 and text[i] == ',' or depth == 0:
            parts.append(text[start:i].strip())
            start = i + 1
        if depth == 0:
            return parts, i
    return parts, len(text)


class Function:
    def __init__(self, file, name, parameters, body, start, static=False, macro=False):
        self.file, self.name, self.parameters, self.body, self.start, self.macro = file, name, parameters, body, start, macro
        self.key = (name, file if static else None) # static functions of two files may have one name
        self.end = start + len(body)

    def names(self):
        return [re.sub(r'\[.*', '', p).split()[-1].lstrip('*') if p != '...' else p for p in self.parameters]


class Taker:
    """Something that takes a code: which argument that is, and which arguments fill the text."""

    def __init__(self, kind, code, fills, extra=0):
        self.kind, self.code, self.fills, self.extra = kind, code, fills, extra # fills: indices, or the first of a list

    def given(self, arguments):
        if isinstance(self.fills, list):
            found = [arguments[i] for i in self.fills if i < len(arguments)]
        else:
            found = arguments[self.fills:]
            if found and re.fullmatch(r'\(char \*\)NULL|NULL', found[-1]):
                found = found[:-1]
        return found


def functions_of(file, text):
    for m in re.finditer(r'^(?!#|typedef|static const)([A-Za-z_][\w \*]*?)\b(\w+)\(([^;{}]*?)\)\n\{\n(.*?)^\}', text, re.M | re.S):
        yield Function(file, m.group(2), split('(' + m.group(3) + ')', 0)[0], m.group(4), m.start(4), static=m.group(1).startswith('static'))
    for m in re.finditer(r'^#define (\w+)\(([^)]*, \.\.\.)\) ((?:[^\n]*\\\n)*[^\n]*)', text, re.M):
        yield Function(file, m.group(1), split('(' + m.group(2) + ')', 0)[0], m.group(3), m.start(3), macro=True)


def declared_takers(files):
    """Functions of variable length with a code among their parameters, and such macros with a `label`."""
    takers = {}
    for file, text in files.items():
        for m in re.finditer(r'^(?!#)([A-Za-z_][\w \*]*?)\b(\w+)\(([^;{}]*?, \.\.\.)\)', text, re.M):
            parameters = split('(' + m.group(3) + ')', 0)[0]
            for kind in TABLES:
                where = [i for i, p in enumerate(parameters) if p.startswith(kind + ' ')]
                if where:
                    takers[m.group(2), file if m.group(1).startswith('static') else None] = Taker(kind, where[0], len(parameters) - 1)
        for m in re.finditer(r'^#define (\w+)\(([^)]*\blabel\b[^)]*, \.\.\.)\)', text, re.M):
            parameters = m.group(2).split(', ')
            takers[m.group(1), None] = Taker('th_label', parameters.index('label'), len(parameters) - 1)
    return takers


def calls(text, name):
    for m in re.finditer(rf'\b{name}\(', text):
        yield m.start(), split(text, m.end() - 1)[0]


def constants(expression, known):
    return {w for w in re.findall(r'\b\w+\b', expression) if w in known}


class Proof:
    def __init__(self, root):
        paths = sorted(glob.glob(os.path.join(root, 'src', '**', '*.[ch]'), recursive=True))
        self.files = {os.path.relpath(p, root): blank(read(p)) for p in paths}
        self.plain = {os.path.relpath(p, root): read(p) for p in paths}
        self.known = {kind: table(root, kind) for kind in TABLES}
        self.functions = [f for file, text in self.files.items() for f in functions_of(file, text)]
        self.takers = declared_takers(self.files)
        self.bad, self.filled = [], set()

    def around(self, file, at):
        return next((f for f in self.functions if f.file == file and f.start <= at < f.end), None)

    def meant(self, file, function, expression, kind):
        """The codes that an expression can be: named in it, or in what its variable is set to."""
        found = constants(expression, self.known[kind])
        name = re.match(r'\W*(\w+)', expression)
        if found or not name:
            return found
        for text in ([function.body] if function else []) + [self.files[file]]:
            for m in re.finditer(rf'\b{name.group(1)}\b(?:\[[^\]=;]*\])*(?:\s*=(?!=)|,[^;()]*?=)([^;]*);', text):
                found |= constants(m.group(1), self.known[kind])
            if found:
                break
        return found

    def follow(self, name, taker, file, at, arguments):
        """One call: a taker of its own where the code is a parameter of the caller, else judged."""
        function = self.around(file, at)
        expression = arguments[taker.code].strip('() ') if taker.code < len(arguments) else ''
        given = taker.given(arguments)
        own = function.names() if function else []
        if expression in own:
            code = own.index(expression)
            if function.macro:
                return function.key, Taker(taker.kind, code, len(own) - 1, taker.extra + len(given) - 1)
            at_most = [own.index(g) for g in given if g in own]
            return function.key, Taker(taker.kind, code, at_most, taker.extra + len(given) - len(at_most))
        self.judge(name, taker, file, function, at, expression, given)
        return None

    def judge(self, name, taker, file, function, at, expression, given):
        place = f'{file}:{self.files[file].count(chr(10), 0, at) + 1}'
        codes = self.meant(file, function, expression, taker.kind)
        if not codes:
            self.bad.append(f'{place}: {name}: cannot tell which text {expression} is')
        fixed = isinstance(taker.fills, list)
        while fixed and given and given[-1] in ('""', 'NULL'):
            given = given[:-1]
        count = len(given) + taker.extra
        for code in sorted(codes):
            self.filled.add(code)
            wanted = self.known[taker.kind][code]
            if count < wanted or count > wanted and len(codes) == 1 and not fixed:
                self.bad.append(f'{place}: {name}: {code} takes {wanted} arguments, given are {count}')

    def run(self):
        todo, done = list(self.takers.items()), set()
        while todo:
            (name, home), taker = todo.pop()
            for file in [home] if home else [f for f in self.files if ((name, f) not in self.takers)]:
                for at, arguments in calls(self.files[file], name):
                    if arguments[taker.code:] and arguments[taker.code].startswith(taker.kind + ' ') or self.files[file].endswith('#define ', 0, at):
                        continue # not a call: a declaration
                    more = self.follow(name, taker, file, at, arguments)
                    if more and more[0] not in self.takers and (more[0], str(more[1].fills), more[1].extra) not in done:
                        done.add((more[0], str(more[1].fills), more[1].extra))
                        todo.append(more)
        for label, wanted in self.known['th_label'].items():
            if wanted and label not in self.filled:
                self.bad.append(f'src/report/words.def: {label} takes {wanted} arguments, and nothing fills it')
        return self.bad


def main():
    bad = Proof(sys.argv[1] if len(sys.argv) > 1 else '.').run()
    print(''.join(line + '\n' for line in bad), end='')
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
