# SPDX-License-Identifier: GPL-3.0-or-later
"""What shells complete: each command, option and word there is, in real shells; what they offer tanhe takes."""
import os
import pty
import re
import shutil
import subprocess

from .harness import ROOT, USAGE, same, want

SHELLS = ('bash', 'zsh', 'fish')
SPLIT = '''
source "$1"
while IFS= read -r line; do
	IFS=$'\\x1f' read -r -a COMP_WORDS <<< "$line"
	[[ $line == *$'\\x1f' ]] && COMP_WORDS+=('')
	COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
	_tanhe
	printf '%s\\x1f' "${COMPREPLY[@]}"
	printf '\\n'
done
'''
FOLDER = 'work'  # with the files that may be completed
FILES = ('bills.csv', 'bills.xlsx', 'check.json', 'rules.json', 'again.py', 'notes.txt', 'two words.csv', 'case/inventory.csv', 'data/x')
FOLDERS = ('case', 'data')
FORMATS = ['csv', 'json', 'text']
# What stands on the line, and what is offered behind it; folders end in /.
LINES = (
    ('tanhe che', ['check']), ('tanhe zzz', []), ('tanhe --lang ', ['en', 'zh']), ('tanhe --lang zh acc', ['account']), ('tanhe -D ', ['case/', 'data/']),
    ('tanhe help ver', ['verify']),
    ('tanhe account -f ', FORMATS), ('tanhe account --format ', FORMATS), ('tanhe account --format=js', ['json']), ('tanhe account bills.csv --gwp A', ['AR4', 'AR5', 'AR6']),
    ('tanhe account b', ['bills.csv', 'bills.xlsx']), ('tanhe account --by site,ye', ['site,year']), ('tanhe account --ye', ['--year', '--year-correlation']),
    ('tanhe --color never account --uncertainty ', ['approach1', 'approach2']), ('tanhe account t', ['two words.csv']), ('tanhe account --year ', []),
    ('tanhe report -f ', ['docx', 'html', 'md', 'xlsx']), ('tanhe report case --part pi', ['pictures']), ('tanhe report c', ['case/']),
    ('tanhe check --table ', ['caveats', 'conditions', 'evidence', 'limits', 'outcomes', 'params', 'projects', 'tasks', 'wanted']), ('tanhe plan case --table co', ['costs']), ('tanhe check --rules sh', ['shanghai-2022-189']), ('tanhe check --rules r', ['rules.json']),
    ('tanhe init x.xlsx --category bu', ['building']), ('tanhe init x.xlsx --target pe', ['peak']),
    ('tanhe factors ', ['check', 'list', 'search', 'show']), ('tanhe factors show leak-a', ['leak-ac']), ('tanhe factors check ', ['bills.csv', 'bills.xlsx', 'case/', 'data/', 'two words.csv']),
    ('tanhe factors -f csv sh', ['show']), ('tanhe factors search ', []), ('tanhe rules show sh', ['shanghai-2022-189']), ('tanhe rules show c', ['case/', 'check.json']),
    ('tanhe rules check r', ['rules.json']), ('tanhe verify ', ['bills.xlsx', 'case/', 'check.json', 'data/', 'rules.json']), ('tanhe verify check.json --script ', ['again.py', 'case/', 'data/']),
    ('tanhe completion ', ['bash', 'fish', 'zsh']), ('tanhe batch --progress ', ['always', 'auto', 'never']), ('tanhe layout bills.csv --kind ', ['applicants', 'inventory', 'measures', 'targets']),
)
# Lines that are typed, and what they are behind a TAB.
TYPED = (('tanhe che', 'tanhe check'), ('tanhe account --format js', 'tanhe account --format json'), ('tanhe report -f doc', 'tanhe report -f docx'), ('tanhe check cas', 'tanhe check case'),
         ('tanhe factors show leak-a', 'tanhe factors show leak-ac'), ('tanhe rules check r', 'tanhe rules check rules.json'), ('tanhe account --by site,ye', 'tanhe account --by site,year'),
         ('tanhe init x --categ', 'tanhe init x --category'), ('tanhe check --rules sh', 'tanhe check --rules shanghai-2022-189'), ('tanhe init x --tar', 'tanhe init x --target'))
CASE = os.path.join(ROOT, 'examples', 'enterprise')
TABLE = os.path.join(CASE, 'inventory.csv')
# What a command needs beside an option that is tried, and where the value says which file.
OPERANDS = {'account': [TABLE], 'batch': [CASE], 'check': [CASE], 'plan': [CASE], 'report': [CASE], 'event': [os.path.join(ROOT, 'examples', 'event')], 'factors': ['list'], 'init': ['made.xlsx', '--category', 'park', '--target', 'peak'], 'rules': ['show'],
            'layout': [TABLE], 'diff': [TABLE, TABLE], 'explain': ['report.json', '4.3-req5'], 'verify': ['report.json', CASE], 'footprint': [os.path.join(ROOT, 'examples', 'products')]}
BESIDE_CSV = {'check': 'limits', 'plan': 'path'}
PACK = 'shanghai-2022-189'
BESIDE = {'--table': ['-f', 'csv'], '--trials': ['--uncertainty', 'approach2'], '--year-correlation': ['--uncertainty', 'approach2'], '--encoding': []}


def have(shell):
    return shutil.which(shell, path='/usr/bin:/bin')


def environment(t):
    return {'PATH': t.path('bin') + ':/usr/bin:/bin', 'LC_ALL': 'C.UTF-8', 'HOME': t.path('home/x')[:-2], 'TERM': 'dumb'}


def ask_bash(t, lines):
    """Each line through the function that bash calls, its words split as bash does at = too."""
    words = []
    for line in lines:
        parts = [re.split('(=)', word) if word.startswith('--') and '=' in word else [word] for word in line.split(' ')]
        words.append('\x1f'.join(part for word in parts for part in word if part or len(word) == 1))
    done = subprocess.run(['bash', '-c', SPLIT, 'bash', t.path('completion.bash')], input='\n'.join(words) + '\n', cwd=t.path(FOLDER), env=environment(t), capture_output=True, text=True, check=False)
    same((done.returncode, done.stderr), (0, ''), 'bash')
    found = [sorted(set(word for word in line.split('\x1f') if word)) for line in done.stdout.splitlines()]
    return [[name + '/' if name in FOLDERS else name for name in answer] for answer in found]


def ask_fish(t, lines):
    script = 'source $argv[1]\nfor line in $argv[2..]\n\tcomplete -C "$line" | string replace -r \'\\t.*\' \'\' | string unescape\n\techo\nend\n'
    done = subprocess.run(['fish', '--no-config', '-c', script, t.path('completion.fish'), *lines], cwd=t.path(FOLDER), env=environment(t), capture_output=True, text=True, check=False)
    same((done.returncode, done.stderr), (0, ''), 'fish')
    answers = re.split('^\n', done.stdout, flags=re.M)[:-1]
    # Of an option with its value in one word fish gives both.
    return [sorted({re.sub('^--[a-z-]+=', '', word) for word in answer.splitlines()}) for answer in answers]


def ask_terminal(t, command, start, lines):
    """What the command line is after each of these lines and a TAB have been typed."""
    child, master = pty.fork()
    if child == 0:
        os.chdir(t.path(FOLDER))
        os.execvpe(command[0], command, {**environment(t), 'PS1': '', 'TERM': 'xterm'})
    got = b''

    def until(mark):
        nonlocal got
        while mark not in got:
            try:
                got += os.read(master, 65536)
            except OSError:
                break
        want(mark in got, f'{command[0]} gave {got[-400:]!r}')
        before, got = got.split(mark, 1)
        return before
    os.write(master, start.encode() + b"; printf 'rea%s\\n' dy\n")
    until(b'ready')
    answers = []
    for i, line in enumerate(lines):
        # The line becomes a quoted word of a command that prints it.
        os.write(master, line.encode() + b"\t\x01printf '<%s>' '\x05' end" + str(i).encode() + b'\n')
        answers.append(re.search(rb'<(tanhe[^<>]*)>$', until(f'<end{i}>'.encode())).group(1).decode().rstrip(' /'))
    os.close(master)
    os.waitpid(child, 0)
    return answers


def options_of(t, *command):
    """The long options that --help lists."""
    return re.findall(r'^ +(?:-\w, )?(--[a-z-]+)', t.run(*command, '--help').text, re.M)


def commands(t):
    found = re.findall(r'^  ([a-z]+)  ', t.run('--help').text, re.M)
    want(len(found) > 10, f'commands: {found}')
    return found


def zsh_options(script, command):
    """The options of a command that a branch of the script declares, of each language."""
    return [re.findall(r"^\t\t'(?:\*|\([^)]*\))?(--[a-z-]+)", block, re.M) for block in re.findall(rf'^\t{command}\) options=\(\n(.*?)^\t\);;', script, re.M | re.S)]


def laws(t, scripts):
    globals_ = options_of(t)
    want(len(globals_) == 6, f'global options: {globals_}')
    names = commands(t)
    wanted = {command: sorted(options_of(t, command) + globals_) for command in names}
    want(sum(map(len, wanted.values())) > 200, 'options')
    with t.case('bash offers each option of each command, and no other'):
        same(dict(zip(names, ask_bash(t, [f'tanhe {command} --' for command in names]))), wanted, 'options')
    with t.case('zsh has each option of each command, in both languages'):
        for command in names:
            found = zsh_options(scripts['zsh'], command)
            same([sorted(options + globals_) for options in found], [wanted[command]] * 2, command)
    if not have('fish'):
        t.skip('fish offers each option of each command', 'no fish (make deps)')
        return
    with t.case('fish offers each option of each command, and no other'):
        same(dict(zip(names, ask_fish(t, [f'tanhe {command} --' for command in names]))), wanted, 'options')


def taken(t, script):
    """Each word that is offered for an option, tanhe takes."""
    offered = re.findall(r"^\t([a-z]+):(?:-\w\|\w+:)?(--[a-z-]+)\) words='([^']*)'", script, re.M)
    same(t.run('check', CASE, '-f', 'json', '-o', 'report.json').errors, '', 'check')
    want(len(offered) > 50, f'{len(offered)} options with words')
    for command, option, words in offered:
        if command == 'init' and option == '--rules':
            continue  # each pack has categories and targets of its own
        for word in words.split():
            if os.path.exists(t.path('made.xlsx')):
                os.remove(t.path('made.xlsx'))
            operands = ['diff', PACK, PACK] if (command, option) == ('rules', '--format') else list(OPERANDS[command])
            if option in ('--category', '--target'):
                operands[operands.index(option) + 1] = word
                args = operands
            else:
                args = [*operands, *BESIDE.get(option, []), option, word, *(['--table', BESIDE_CSV[command]] if command in BESIDE_CSV and word == 'csv' else [])]
            done = t.run(command, *args)
            want(done.status != USAGE and ' one of' not in done.errors, f'{command} {option} {word}: status {done.status}\n{done.errors[:300]}')


def run(t):
    scripts = {}
    for name in FILES:
        t.write(f'{FOLDER}/{name}', '')
    os.symlink(t.tanhe, t.path('bin/tanhe'))
    for shell in SHELLS:
        with t.case(f'the script of {shell}'):
            done = t.run('completion', shell)
            same((done.status, done.errors), (0, ''), 'status and stderr')
            scripts[shell] = done.text
            t.write(f'completion.{shell}', done.text)
            same(t.run('completion', shell, '--lang', 'zh').text, done.text, 'in Chinese')
    for shell in SHELLS:
        if not have(shell):
            t.skip(f'syntax of {shell}', f'no {shell} (make deps)')
            continue
        with t.case(f'syntax of {shell}'):
            done = subprocess.run([shell, '--no-execute' if shell == 'fish' else '-n', t.path(f'completion.{shell}')], capture_output=True, text=True, check=False, env=environment(t))
            same((done.returncode, done.stdout, done.stderr), (0, '', ''), shell)
    with t.case('bash: real lines'):
        for (line, wanted), found in zip(LINES, ask_bash(t, [line for line, _ in LINES]), strict=True):
            same(found, wanted, line)
    if have('fish'):
        with t.case('fish: real lines'):
            for (line, wanted), found in zip(LINES, ask_fish(t, [line for line, _ in LINES]), strict=True):
                same(found, wanted, line)
    terminals = {'bash': (['bash', '--norc', '-i'], 'source ../completion.bash'),
                 'zsh': (['zsh', '-f', '-i'], "autoload -Uz compinit; compinit -u -D; source ../completion.zsh")}
    for shell, (command, start) in terminals.items():
        if not have(shell):
            t.skip(f'{shell}: typed lines', f'no {shell} (make deps)')
            continue
        with t.case(f'{shell}: typed lines'):
            for (line, wanted), found in zip(TYPED, ask_terminal(t, command, start, [line for line, _ in TYPED]), strict=True):
                same(found, wanted, line)
    laws(t, scripts)
    with t.case(taken.__doc__.rstrip('.')):
        taken(t, scripts['bash'])
    with t.case('words of data that are none of a shell are not offered'):
        shutil.copytree(os.path.join(ROOT, 'data'), t.path('evil'))
        for name in ('profiles/set.json', 'profiles/mee-national.json'):
            with open(t.path('evil/' + name), encoding='utf-8') as f:
                text = f.read()
            t.write('evil/' + name, text.replace('mee-national', 'x$(touch made)'))
        os.rename(t.path('evil/profiles/mee-national.json'), t.path('evil/profiles/x$(touch made).json'))
        done = t.run('completion', 'bash', '-D', 'evil')
        want('touch' not in done.text and (done.status != 0 or 'mee-provincial' in done.text), f'status {done.status} {done.errors}')
    for words in ([], ['tcsh'], ['bash', 'zsh']):
        with t.case(f'completion {words}'):
            same(t.run('completion', *words).status, USAGE, 'status')
