// SPDX-License-Identifier: GPL-3.0-or-later
// The page itself: what is asked of the program, what it answered, words and switches.

// Which kinds of material a command is for, what it may be shown as, and what else it is asked with.
var COMMANDS = {
  check: { of: ['case'], shown: ['html', 'text', 'json'], part: true, asks: ['stage'], params: true }, account: { of: ['case', 'tables', 'event', 'project', 'footprint'], shown: ['html', 'text', 'json'], part: true, asks: [] },
  plan: { of: ['case'], shown: ['html', 'text', 'json'], part: true, asks: [], params: true }, report: { of: ['case'], shown: ['html'], part: true, asks: ['stage'], params: true },
  event: { of: ['event'], shown: ['text', 'json'], asks: [], params: true }, footprint: { of: ['footprint', 'case'], shown: ['html', 'text', 'json'], asks: [] },
  diff: { shown: ['text', 'json'], asks: ['first', 'second'] }, verify: { shown: ['text', 'json'], asks: ['earlier'] }, explain: { shown: ['text', 'json'], asks: ['earlier', 'what'] },
};
// Options whose value is a file to write: what is made is saved by the user, from a folder of the run.
var WRITES = ['-o', '--output', '--ledger', '--requests', '--tasks', '--annotate', '--script'];
// What a result has beside itself.
var BESIDE = { check: ['--requests', 'requests'], account: ['--ledger', 'ledger'] };
var END = { text: '.txt', json: '.json', html: '.html', docx: '.docx', xlsx: '.xlsx' };

function options(box, list) {
  var was = box.value;
  clear(box);
  list.forEach(function (o) { box.append(make('option', o[1], { value: o[0] })); });
  if (list.some(function (o) { return o[0] === was; })) box.value = was;
}
function is_for(command, s) { return !COMMANDS[command].of || (s && COMMANDS[command].of.indexOf(s.kind) >= 0); }
// A table alone, or a case that is not of the pilots, has no dossier.
function has_document(command, s) { return COMMANDS[command].shown[0] === 'html' && (!COMMANDS[command].part || (!!s && s.kind === 'case')); }
function shown_as(command, s) { return COMMANDS[command].shown.filter(function (f) { return f !== 'html' || has_document(command, s); }); }
function show_ready() {
  var all = subjects(), s = subject(), fits = Object.keys(COMMANDS).filter(function (c) { return is_for(c, s); });
  options($('subject'), all.map(function (x) { return [x.args[0], label_of(x)]; }));
  $('subjectbox').hidden = all.length < 2;
  options($('command'), fits.map(function (c) { return [c, w(c)]; }));
  if (s && s.kind !== show_ready.kind) { $('command').value = COMMANDS[s.kind] ? s.kind : fits[0]; clear($('format')); }
  show_ready.kind = s && s.kind;
  show_command();
  $('run').disabled = !files.length;
  say(!files.length ? w('nothing') : s && s.kind === 'tables' ? w('only_account') : w('ready'));
}
function show_command() {
  var command = $('command').value, s = subject(), asks = COMMANDS[command].asks;
  options($('format'), shown_as(command, s).map(function (f) { return [f, w(f)]; }));
  ['stage', 'first', 'second', 'earlier', 'what'].forEach(function (id) { $(id + 'box').hidden = asks.indexOf(id) < 0; });
  var sides = subjects().map(function (x) { return [x.args[0], label_of(x)]; }).concat(reports().map(function (f) { return [f.path, f.path]; }));
  if (s && s.kind === 'tables') sides = s.args.map(function (a) { return [a, a]; }).concat(sides.slice(1));
  options($('first'), sides); options($('second'), sides);
  if (sides.length > 1 && $('first').value === $('second').value) $('second').value = sides[1][0];
  options($('earlier'), reports().map(function (f) { return [f.path, f.path]; }).concat([['', w('make_now')]]));
  if (asks.indexOf('what') >= 0) show_ids();
}
// What can be explained of the report that is chosen.
async function show_ids() {
  var f = files.find(function (x) { return x.path === $('earlier').value; }), all = [], report;
  try { report = f ? JSON.parse(await f.blob.text()) : {}; } catch (e) { report = {}; }
  (report.requirements || []).forEach(function (r) { all.push([r.id, r.title[lang]]); });
  ((report.account || report).years || []).forEach(function (y) { Object.keys(y.totals).forEach(function (t) { all.push([t + ':' + y.year, '']); }); });
  clear($('ids')).append.apply($('ids'), all.map(function (o) { return make('option', o[1], { value: o[0] }); }));
}

// What the program is asked, but for the format: {args, files, inputs}.
function asked(command, s) {
  var own = COMMANDS[command].params ? given_params() : [], more = $('more').value.trim(), places = s ? s.args : [], args = [command];
  if (command === 'diff') args = args.concat([$('first').value, $('second').value], [$('first').value, $('second').value].some(function (p) { return REPORT.test(p); }) ? places : []);
  else if (command === 'verify') args = args.concat([$('earlier').value], places);
  else if (command === 'explain') args = args.concat([$('earlier').value, $('what').value.trim()], places);
  else args = args.concat(places);
  if (own.length) args.push('--params', own[0].path);
  if (COMMANDS[command].asks.indexOf('stage') >= 0) args.push('--stage', $('stage').value);
  var words = more ? more.split(/\s+/) : [];
  words = words.map(function (x, i) { return WRITES.indexOf(words[i - 1]) >= 0 && x[0] !== '/' ? '/out/' + x : x; });
  return { args: args.concat(words), files: files.concat(own) };
}
// The same as a document: the dossier, or the part of it that the command is; or the command has one of its own.
function as_document(what, command, format) {
  var args = what.args.slice();
  if (COMMANDS[command].part) { args[0] = 'report'; if (command !== 'report') args.push('--part', command); }
  return args.concat(['-f', format]);
}
// A result as JSON among the files: what is verified, explained and compared with later.
async function keep(command, s) {
  var what = asked(command, s), name = command, r = await job(what.args.concat('-f', 'json'), what.files);
  if (!r.out.size) { $('err').textContent = await r.err.text(); $('errbox').hidden = false; return null; }
  for (var n = 2; files.some(function (f) { return f.path === name + '.json'; }); n++) name = command + '-' + n;
  put_file(name + '.json', r.out);
  show_files(); show_ready();
  return name + '.json';
}
function verdict(command, status) {
  var stage = command === 'event' ? PACK.claim : command === 'check' || command === 'report' ? PACK.stages.find(function (x) { return x.id === $('stage').value; }) : null;
  var said = stage && stage.verdicts && { 0: stage.verdicts.eligible, 1: stage.verdicts.not_eligible }[status];
  if (said) return said[lang];
  if ((command === 'verify' || command === 'diff') && status < 2) return w(command + status);
  return stage && status === 0 ? w('eligible') : w('verdict' + status);
}
async function compute() {
  var s = subject(), command = $('command').value, format = $('format').value, r, text;
  $('run').disabled = true; say(w('working'));
  clear($('saves')); $('verdict').textContent = ''; $('outbox').hidden = $('errbox').hidden = $('viewbox').hidden = true;
  try {
    if (COMMANDS[command].asks.indexOf('earlier') >= 0 && !$('earlier').value) {
      var made = await keep(is_for('check', s) ? 'check' : s && s.kind === 'event' ? 'event' : 'account', s);
      if (made) { $('earlier').value = made; await show_ids(); }
      if (!made || (command === 'explain' && !$('what').value.trim())) { say(w('choose_id')); return null; }
    }
    var what = asked(command, s), args = format === 'html' ? as_document(what, command, 'html') : what.args.concat('-f', format);
    // Before a document, one page: the verdict, what lacks, what is doubted.
    var first = format === 'html' && command !== 'report' ? await job(what.args.concat('--brief'), what.files) : null;
    r = await job(args, what.files); text = await said(r);
    say(w('ready'));
    $('verdict').className = 's' + r.status; $('verdict').textContent = verdict(command, r.status);
    $('err').textContent = text[1]; $('errbox').hidden = !text[1];
    if (format === 'html' && text[0]) { $('view').srcdoc = text[0]; $('viewbox').hidden = false; }
    var plain = first ? await first.out.text() : format === 'html' ? '' : text[0].slice(0, 2e6);
    $('out').textContent = plain; $('out').style.maxHeight = first ? 'none' : ''; $('outbox').hidden = !plain;
    if (text[0]) show_saves(command, s, what, format, r);
    $('h5').scrollIntoView({ block: 'start' });
    return { args: args, status: r.status, out: text[0], brief: plain, err: text[1], heap: r.heap };
  } catch (e) { say(e.message); return null; }
  finally { $('run').disabled = !files.length; }
}
// What was shown, and the same as Word and Excel, made when they are asked for.
function show_saves(command, s, what, format, r) {
  var box = $('saves'), name = w(command);
  box.append(button(w('save') + ' ' + name + END[format], function () { save(name + END[format], r.out); }));
  r.made.forEach(function (m) { box.append(button(w('save') + ' ' + base(m.path), function () { save(base(m.path), m.blob); })); });
  function also(label, args) {
    box.append(button(w('save') + ' ' + label, function () {
      return job(args, what.files).then(async function (made) {
        made.made.forEach(function (m) { save(base(m.path), m.blob); });
        if (!made.made.length) { $('err').textContent = await made.err.text(); $('errbox').hidden = false; }
      }, function (e) { say(e.message); });
    }));
  }
  if (has_document(command, s)) ['docx', 'xlsx'].forEach(function (f) { also(w(f), as_document(what, command, f).concat('-o', '/out/' + name + END[f])); });
  if (BESIDE[command]) also(w(BESIDE[command][1]), what.args.concat(BESIDE[command][0], '/out/' + w(BESIDE[command][1])));
  if (COMMANDS[command].of && command !== 'report') box.append(button(w('keep'), function () { return keep(command, s).catch(function (e) { say(e.message); }); }));
}

// --- where one begins ---
async function start() {
  var kind = $('category').value, target = $('target').value, r;
  var old = subject();
  if (touched && !confirm(w('replace'))) return;
  // Tables that were dropped are activity data of the new case.
  var loose = files.filter(function (f) { return !f.blank && !f.whole && TABLE.test(f.path) && (f.from || f.path.indexOf('/') < 0 && !of_case(old, f)); });
  loose.forEach(function (f) { f.path = f.from || f.path; });
  files = files.filter(function (f) { return !of_case(old, f) && loose.indexOf(f) < 0; }); touched = false;
  if (PACK.categories.some(function (c) { return c.id === kind; })) {
    r = await job(['init', '/out/案例', '--csv', '--category', kind, '--target', target], []);
    r.made.filter(function (m) { return !PARAMS.test(base(m.path)) && !/(填写说明|选项|guide|choices)\.csv$/.test(m.path); }).forEach(function (m) { put_file(m.path, m.blob, true); });
  } else {
    // Of what `init` has no tables for: the heads of the example's, and every fact of the pack.
    var example = EXAMPLES.find(function (e) { return e.id === kind; });
    Object.keys(example.files).forEach(function (path) {
      var head = parse(example.files[path])[0], facts = /events\.csv$/.test(path) ? PACK.facts.event : [];
      put_file('案例/' + base(path), csv_blob(square([head].concat(facts.map(function (f) { return [f[lang]]; })))), true);
    });
  }
  await add(loose);
}
function open_example() {
  var e = EXAMPLES.find(function (x) { return x.id === $('example').value; });
  if (touched && !confirm(w('replace'))) return null;
  files = []; touched = false;
  return add(Object.keys(e.files).map(function (path) { return { path: path, blob: new Blob([e.files[path]]) }; }));
}
function save_case() {
  var own = given_params(), s = subject();
  return job(['check'].concat(s.args, own.length ? ['--params', own[0].path] : [], ['--annotate', '/out/案例.xlsx']), files.concat(own)).then(async function (r) {
    var err = await r.err.text();
    $('err').textContent = err; $('errbox').hidden = !err || r.made.length > 0;
    r.made.forEach(function (m) { save(base(m.path), m.blob); touched = false; });
    if (!r.made.length) say(w('verdict' + r.status));
  }, function (e) { say(e.message); });
}
function show_words() {
  function titled(list) { return list.map(function (o) { return [o.id, o[lang]]; }); }
  document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en'; document.title = w('title');
  document.querySelectorAll('[data-w]').forEach(function (e) { e.textContent = w(e.dataset.w); });
  options($('category'), titled(PACK.categories).concat([['event', w('event_case')], ['products', w('products_case')]]));
  options($('target'), titled(PACK.targets)); options($('stage'), titled(PACK.stages)); options($('example'), titled(EXAMPLES));
  show_files(); show_ready(); show_params();
  job(['--version'], []).then(function (r) { return r.out.text(); }).then(function (t) { $('version').textContent = t; }, function () {});
}
$('language').onclick = function () { lang = lang === 'zh' ? 'en' : 'zh'; show_words(); return Promise.all([show_forms(), understand()]); };
$('files').onchange = $('folder').onchange = function (e) { var list = Array.from(e.target.files).map(function (f) { return { path: f.webkitRelativePath || f.name, blob: f }; }); e.target.value = ''; return add(list); };
$('drop').ondragover = function (e) { e.preventDefault(); $('drop').className = 'over'; };
$('drop').ondragleave = function () { $('drop').className = ''; };
$('drop').ondrop = function (e) { e.preventDefault(); e.stopPropagation(); $('drop').className = ''; return dropped(e); };
window.ondragover = function (e) { e.preventDefault(); };
window.ondrop = function (e) { e.preventDefault(); return dropped(e); };
window.onbeforeunload = function (e) { if (touched) e.preventDefault(); };
$('start').onclick = start;
$('open').onclick = open_example;
$('save_case').onclick = save_case;
$('params_save').onclick = function () { if (params) save('params.csv', csv_blob(params)); };
$('params_keep').onchange = function () { if (params) keep_params(); };
$('parambox').ontoggle = function () { if ($('parambox').open) ask_params(); };
$('category').onchange = function () { $('target').disabled = !PACK.categories.some(function (c) { return c.id === $('category').value; }); };
$('subject').onchange = function () { show_forms(); understand(); };
$('command').onchange = show_command;
$('earlier').onchange = show_ids;
$('run').onclick = compute;
$('stop').onclick = function () { if (busy) busy.stop(); };
try {
  module_url = URL.createObjectURL(new Blob(['onmessage=function(m){var job=m.data,Module={};', $('worker').textContent, '}'], { type: 'text/javascript' }));
  ready = unpack();
  ready.catch(function () { say(w('failed')); });
} catch (e) { ready = Promise.reject(e); ready.catch(function () {}); say(w('failed')); }
show_words();
add([]);
