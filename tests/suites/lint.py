# SPDX-License-Identifier: GPL-3.0-or-later
"""Every rule of tests/lint.sh bites: a copy of the sources gets one breach of each, and lint must tell exactly those."""
import os
import re
import shlex
import shutil
import subprocess

from .harness import ROOT, want

PLACE = '(th_pos){0}'
# A file of its own for each breach: path, text, and what lint says of it (regular expressions; {path} is its path).
PLANTS = [
    ('src/base/up_to_io.c', '#include "io/csv.h"\n', [r'{path}:1: base on floor 0 includes io/csv\.h of floor 1']),
    ('src/rules/across_to_path.c', '#include "path/path.h"\n', [r'{path}:1: rules on floor 4 includes path/path\.h of floor 4']),
    ('src/base/public_above.c', '#include <tanhe/account.h>\n', [r'{path}:1: base on floor 0 includes <tanhe/account\.h> of floor 4']),
    ('src/base/roomless.c', '#include "nowhere.h"\n', [r'{path}:1: "nowhere\.h" does not begin with a room']),
    ('src/attic/floorless.c', '', []),
    ('src/attic/floorless.h', '/* one line */\n', [r'{path}:1: a room without a floor: .*']),
    ('src/io/sees_csv.c', '#include <csv.h>\n', [r'{path}:1: <csv\.h> belongs to .*']),
    ('src/rules/sees_json.c', '#include <cjson/cJSON.h>\n', [r'{path}:1: <cjson/cJSON\.h> belongs to .*']),
    ('src/io/sees_nettle.c', '#include <nettle/sha2.h>\n', [r'{path}:1: <nettle/sha2\.h> belongs to .*']),
    ('src/io/sees_iconv.c', '#include <iconv.h>\n', [r'{path}:1: <iconv\.h> belongs to .*']),
    ('src/io/sees_system.c', '#include <fcntl.h>\n#include <sys/stat.h>\n', [r'{path}:1: <fcntl\.h> belongs to .*', r'{path}:2: <sys/stat\.h> belongs to .*']),
    ('src/report/opens.c', '#include <stdio.h>\nFILE *opened = fopen("f", "w");\nint gone = remove("f");\n',
     [r'{path}:2:.*: belongs to src/io/os\.c alone', r'{path}:3:.*: belongs to src/io/os\.c alone']),
    ('src/account/prints.c', 'int said = printf("hello");\nchar *hidden = getenv("TANHE_DATA");\n',
     [r'{path}:1:.*: belongs to src/cli', r'{path}:2:.*: belongs to src/cli']),
    ('src/report/speaks_german.c', 'snprintf(text, 8, "%zu %.2f", n, x);\ndouble x = strtod(text, NULL);\nsnprintf(text, 8, "%zu", n);\n',
     [r'{path}:1:.*: goes by the locale of the process: base/print\.h', r'{path}:2:.*: goes by the locale of the process: base/print\.h']),
    ('src/path/curves.c', 'double e = exp(1) + th_log(2); /* pow(2) */\nconst char *name = strrchr(path, \'/\'), *text = "log(";\nlong count = 1; long double wide;\nunsigned long other;\n',
     [r'{path}:1:.*: base/transcendental\.h', r'{path}:2:.*: base/filename\.h', r'{path}:3:.*: long has 32 or 64 bits', r'{path}:4:.*: long has 32 or 64 bits']),
    ('src/account/sees_gsl.c', '#include <gsl/gsl_cdf.h>\n', [r'{path}:1: <gsl/gsl_cdf\.h> belongs to .*']),
    ('src/base/grabs.c', '#include <stdlib.h>\nvoid *grab = malloc(1);\n', [r'{path}:2:.*: asks for memory beside base/memory\.h']),
    ('src/base/leaning.h', 'th_slice leaning_on_another_header(void);\n', [r'{path}: does not compile alone:', r'In file included .*', r'{path}:1:1: error: .*', r' *1? \|.*']),
    ('src/base/one_name.c', '', []),
    ('src/rules/one_name.c', '', [r'{path}: as src/base/one_name\.c, one base name']),
    ('src/path/two_rooms.c', '', [r'{path}: as a file of src/base, one base name in two rooms']),
    ('src/base/two_rooms.h', '', []),
    ('src/base/more.c', '', [r'{path}: called `more`']),
    ('src/path/trend_more.c', '', [r'{path}: called `more`']),
    ('src/report/prefix.c', 'int th_check_planted(void) { return 0; }\n',
     [r'{path}: th_check_planted has the prefix of src/check', r'{path}: th_check_planted has no caller']),
    ('src/report/prefix_type.h', 'struct th_plan_planted {\n\tint one;\n};\n', [r'{path}:1:struct th_plan_planted \{ -- has the prefix of src/plan']),
    ('src/base/circle_a.c', 'int th_circle_a(void);\nint th_circle_b(void);\nint th_circle_a(void) { return th_circle_b(); }\n',
     [r'{path}: calls th_circle_b of src/base/circle_b\.c: a circle of files']),
    ('src/base/circle_b.c', 'int th_circle_a(void);\nint th_circle_b(void);\nint th_circle_b(void) { return th_circle_a(); }\n',
     [r'{path}: calls th_circle_a of src/base/circle_a\.c: a circle of files']),
    ('src/account/upward.c', '#include "account/account.h"\nint main(void) { th_account_free(NULL); return 0; }\n',
     [r'{path}: calls th_account_free of src/account/account\.c, which starts the job']),
    ('src/base/unbuilt.c', None, [r'{path}: .*unbuilt\.o is not built']),
    ('src/plan/names_a_file.c', 'static const char own[] = "measures.csv";\nstatic const char say[] = "see measures.csv";\n',
     [r'{path}:1:.*: take the name from th_case_files']),
    ('src/path/unasked.h', '''#include "base/optional.h"
struct th_unasked {
	uint32_t region; /* in region[]; TH_NONE: none */
};
#define UNASKED(list, one) (list)[th_index_number(one)] /* or place_and_one */
''', [r'{path}:3:.* -- store it as th_index', r'{path}:5:.* -- ask it first: .*', r'{path}:5:.* -- belongs to base/optional\.h']),
    ('src/base/alone.c', 'int th_alone(void) { return 0; }\n', [r'{path}: th_alone has no caller']),
    ('src/base/promised.h', 'int th_promised(void);\n', [r'th_promised: declared in a header, defined nowhere']),
    ('src/io/few.c', '#include "base/diag.h"\nint main(void) { return (int)th_report(NULL, TH_SOURCE_LARGE, ' + PLACE + ', NULL); }\n',
     [r'{path}:2: th_report: TH_SOURCE_LARGE takes 1 arguments, given are 0']),
    ('src/io/many.c', '#include "base/diag.h"\nint main(void) { return (int)th_report(NULL, TH_SOURCE_NUL, ' + PLACE + ', "x", NULL); }\n',
     [r'{path}:2: th_report: TH_SOURCE_NUL takes 0 arguments, given are 1']),
    ('src/io/handed_on.c', '''#include "base/diag.h"
static th_status say(th_code code, const char *one)
{
	return th_report(NULL, code, (th_pos){0}, one, NULL);
}
int main(void)
{
	return (int)say(TH_SOURCE_NEITHER, "x");
}
''', [r'{path}:8: say: TH_SOURCE_NEITHER takes 4 arguments, given are 1']),
    ('src/reference/by_macro.c', '#include "reference/loader.h"\nint main(void)\n{\n\tTH_FAIL((th_loader *)0, 0, TH_CELL_NOT_FOUND, NULL);\n}\n',
     [r'{path}:4: TH_FAIL: TH_CELL_NOT_FOUND takes \d arguments, given are 0']),
    ('src/base/shares.c', 'static int calls;\nint main(void)\n{\n\tstatic const char *last = "none";\n\treturn ++calls + *last++;\n}\n',
     [r'{path}: calls: data that can change, .*', r'{path}: last[.0-9]*: data that can change, .*']),
    ('man/tanhe-planted.1', '.Dd today\n', [r'mandoc: {path}:.*']),
    ('tests/planted.sh', '#!/bin/sh\ncd $1\n', [r'In {path} line 2:', r'cd \$1', r' *\^-.*', r'Did you mean: ', r'cd ".*', r'For more information:', r'  https://.*', '']),
    ('include/tanhe/one_machine.h', '/* see /' + 'root/notes */\n', [r'{path}:1:.*', r'{path}: not in the lists of the Makefile', r'{path}:1: a room without a floor.*']),
]
# Lines added to files that are there.
ADDED = [
    ('src/base/diag.def', 'D(1001, ERROR, NEVER_RAISED, "", "", "", "")\n',
     [r'{path}: code given twice: 1001', r'{path}: never raised: TH_NEVER_RAISED', r'man/tanhe-diag\.7: not what diag\.def says; .*']),
    ('include/tanhe/reference.h', 'TH_PUBLIC th_status th_unsettled(void);\n',
     [r'include/tanhe: th_unsettled does not settle', r'th_unsettled: declared in a header, defined nowhere']),
    ('include/tanhe/rules.h', 'TH_PUBLIC th_status th_unasked(char **text);\n',
     [r'include/tanhe: th_unasked gives through a pointer, .*', r'include/tanhe: th_unasked does not settle', r'th_unasked: declared in a header, defined nowhere']),
    ('src/report/words.def', 'W(NEVER_FILLED, "{1}", "{1}")\n', [r'{path}: W_NEVER_FILLED takes 1 arguments, and nothing fills it']),
    ('Makefile', 'PUBLIC += absent\n', [r'include/tanhe/absent\.h: in the lists of the Makefile, but not there']),
]


def named(line, path):
    return line.replace('{path}', re.escape(path))


def copy(t):
    tree, objects = t.path('tree/x')[:-2], t.path('objects/x')[:-2]
    built = os.path.dirname(t.tanhe)
    for name in ('src', 'include', 'man', 'tests/unit'):
        shutil.copytree(os.path.join(ROOT, name), os.path.join(tree, name), dirs_exist_ok=True)
    for name in ('Makefile', 'tests/lint.sh', 'tests/placeholders.py'):
        shutil.copy(os.path.join(ROOT, name), os.path.join(tree, name))
    for at, _, names in os.walk(os.path.join(tree, 'src')):
        for name in names:
            o = os.path.relpath(os.path.join(at, name[:-2] + '.o'), os.path.join(tree, 'src'))
            if name.endswith('.c') and os.path.exists(os.path.join(built, o)):
                os.makedirs(os.path.dirname(os.path.join(objects, o)), exist_ok=True)
                shutil.copy(os.path.join(built, o), os.path.join(objects, o))
    return tree, objects


def plant(tree, objects, path, text):
    at = os.path.join(tree, path)
    os.makedirs(os.path.dirname(at), exist_ok=True)
    with open(at, 'w', encoding='utf-8') as f:
        f.write(text or '')
    if path.endswith('.c') and text is not None:
        o = os.path.join(objects, path[len('src/'):-2] + '.o')
        os.makedirs(os.path.dirname(o), exist_ok=True)
        compiler = shlex.split(os.environ.get('CC', 'gcc'))
        # What is planted need not compile: then its object is empty, as it is of no account to the rule.
        command = [*compiler, '-std=c11', '-D_POSIX_C_SOURCE=200809L', '-w', '-Iinclude', '-Isrc', '-c', '-x', 'c', '-o', o]
        if subprocess.run([*command, path], cwd=tree, capture_output=True, check=False).returncode:
            subprocess.run([*command, '/dev/null'], cwd=tree, check=True)


def run(t):
    tree, objects = copy(t)
    for path, text, _ in PLANTS:
        plant(tree, objects, path, text)
    for path, line, _ in ADDED:
        with open(os.path.join(tree, path), 'a', encoding='utf-8') as f:
            f.write(line)
    environment = {**os.environ, 'B': objects, 'GIT_CEILING_DIRECTORIES': t.folder}
    done = subprocess.run(['sh', 'tests/lint.sh'], cwd=tree, env=environment, capture_output=True, text=True, check=False)
    said = done.stderr.splitlines()
    with t.case('lint fails'):
        want(done.returncode == 1, f'status {done.returncode}\n{done.stderr[-2000:]}')
    expected = set()
    for path, text, lines in PLANTS + ADDED:
        for line in lines:
            expected.add(named(line, path))
        if lines:
            with t.case(f'{path}: {text or "nothing"}'.splitlines()[0]):
                for line in lines:
                    want(any(re.fullmatch(named(line, path), s) for s in said), f'not said: {named(line, path)}')
    with t.case('and nothing else'):
        listed = re.compile(r'(src|man|tests)/\S+: not in the lists of the Makefile|lint: \d+ lines of violations')
        others = [s for s in said if not listed.fullmatch(s) and not any(re.fullmatch(e, s) for e in expected)]
        want(not others, '\n'.join(others))
