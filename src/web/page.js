// SPDX-License-Identifier: GPL-3.0-or-later
// The page: files in, the program run in workers, what it says and makes out. It knows few options; what is asked and what is said comes from the program.
var $ = function (id) { return document.getElementById(id); };
var lang = 'zh', files = [], params = null, busy = null, ready, module_url, filled = {};
var FORMATS = { account: ['text', 'json'], check: ['text', 'json'], plan: ['text', 'json'], report: ['html', 'docx', 'xlsx', 'json'] };
var END = { text: '.txt', json: '.json', html: '.html', docx: '.docx', xlsx: '.xlsx' };
var TABLE = /\.(csv|xlsx|xlsm)$/i, FACTS = /(^|\/)(case|基本信息)\.csv$/, PARAMS = /(^|\/)(params|参数)\.csv$/;
// What in a case is no table of activity data, by its name.
var PART = /^(case|基本信息|measures|措施|targets|目标|params|参数|assumptions|规划假设|delivered|series|correlations|instruments|绿电绿证|applicants|factors|因子|units|单位|inventory|活动数据|guide|choices|填写说明|选项|.*\.layout)/;

function w(name) { return WORDS[name][lang === 'zh' ? 0 : 1]; }
function base(path) { return path.replace(/^.*\//, ''); }
function make(tag, text, more) { var e = document.createElement(tag); if (text) e.textContent = text; return Object.assign(e, more || {}); }
function clear(e) { while (e.firstChild) e.removeChild(e.firstChild); return e; }

// --- CSV, as the program writes it ---
function parse(text) {
  var rows = [], row = [], cell = '', quoted = false;
  text = text.replace(/^\ufeff/, '');
  for (var i = 0; i < text.length; i++) {
    var c = text[i];
    if (quoted) { if (c !== '"') cell += c; else if (text[i + 1] === '"') { cell += c; i++; } else quoted = false; }
    else if (c === '"') quoted = true;
    else if (c === ',') { row.push(cell); cell = ''; }
    else if (c === '\n') { row.push(cell.replace(/\r$/, '')); rows.push(row); row = []; cell = ''; }
    else cell += c;
  }
  if (cell || row.length) { row.push(cell); rows.push(row); }
  return rows;
}
function write(rows) {
  return '\ufeff' + rows.map(function (r) { return r.map(function (c) { return /[",\r\n]/.test(c) ? '"' + c.replace(/"/g, '""') + '"' : c; }).join(',') + '\n'; }).join('');
}
function csv_blob(rows) { return new Blob([write(rows)], { type: 'text/csv' }); }

// --- runs ---
function unpack() {
  var packed = Uint8Array.from(atob($('wasm').textContent.trim()), function (c) { return c.charCodeAt(0); });
  return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer().then(function (bytes) { return WebAssembly.compile(bytes); });
}
function run(args, input, heard) {
  return ready.then(function (wasm) {
    return new Promise(function (done, failed) {
      var worker = new Worker(module_url);
      busy = { worker: worker, stopped: function () { failed(new Error(w('stopped'))); } };
      worker.onmessage = function (m) { if ('status' in m.data) { worker.terminate(); busy = null; done(m.data); } else if (heard) heard(m.data.read); };
      worker.onerror = function (e) { e.preventDefault(); worker.terminate(); busy = null; failed(new Error(e.message)); };
      worker.postMessage({ wasm: wasm, args: ['--lang', lang].concat(args), files: input, lang: lang });
    });
  });
}
// One after the other.
var queue = Promise.resolve();
function later(job) { var all = queue.then(job); queue = all.catch(function () {}); return all; }
function said(result) { return Promise.all([result.out.text(), result.err.text()]); }

// --- files ---
function case_folder() { var c = files.find(function (f) { return FACTS.test(f.path); }); return c ? c.path.replace(/[^/]*$/, '') : null; }
function tables() { return files.filter(function (f) { return TABLE.test(f.path) && !PARAMS.test(f.path); }); }
function is_whole(f) { return f.whole; }
function operands() {
  var folder = case_folder(), whole = files.filter(is_whole);
  if (folder !== null) return [folder.replace(/\/$/, '') || '.'];
  if (whole.length) return [whole[0].path];
  return tables().map(function (f) { return f.path; });
}
function has_case() { return case_folder() !== null || files.some(is_whole); }
function put_file(path, blob) { files = files.filter(function (f) { return f.path !== path; }); files.push({ path: path, blob: blob }); }
// A table that comes to an open case is activity data of it, unless its name says what else it is; then the empty table that was there is in its way.
function place() {
  var folder = case_folder();
  if (folder === null) return;
  files.forEach(function (f) {
    if (folder ? f.path.indexOf(folder) === 0 : f.path.indexOf('/') >= 0) return;
    if (!TABLE.test(f.path)) return;
    f.path = folder + (PART.test(base(f.path)) ? '' : '活动数据-') + base(f.path);
  });
  var others = files.filter(function (f) { return /^(inventory|活动数据)/.test(base(f.path)) && !f.blank; });
  if (others.length) files = files.filter(function (f) { return !(f.blank && /^(inventory|活动数据)/.test(base(f.path))); });
}
function add(list) {
  list.forEach(function (f) {
    if (PARAMS.test(f.path) && f.path.indexOf('/') < 0) f.blob.text().then(function (text) { params = parse(text); show_params(); $('parambox').open = true; });
    else put_file(f.path, f.blob);
  });
  place();
  files.sort(function (a, b) { return a.path < b.path ? -1 : 1; });
  show_files(); show_facts();
  return understand();
}
function walk(entry, into) {
  return new Promise(function (done, failed) {
    if (entry.isFile) return entry.file(function (f) { into.push({ path: entry.fullPath.replace(/^\//, ''), blob: f }); done(); }, failed);
    var reader = entry.createReader(), all = [];
    (function next() { reader.readEntries(function (some) { if (!some.length) return done(Promise.all(all)); some.forEach(function (s) { all.push(walk(s, into)); }); next(); }, failed); })();
  });
}
async function walk_handle(handle, path, into) {
  if (handle.kind === 'file') into.push({ path: path, blob: await handle.getFile() });
  else for await (var each of handle.values()) await walk_handle(each, path + '/' + each.name, into);
  return into;
}
function show_files() {
  var box = clear($('list'));
  if (!files.length) { box.append(make('p', w('none'), { className: 'faint' })); return; }
  var list = make('ul');
  files.forEach(function (f) {
    var item = make('li', f.path), button = make('button', w('remove'), { type: 'button' });
    button.setAttribute('aria-label', w('remove') + ' ' + f.path);
    button.onclick = function () { files = files.filter(function (g) { return g !== f; }); add([]); };
    item.append(button); list.append(item);
  });
  var all = make('button', w('clear'), { type: 'button' });
  all.onclick = function () { files = []; params = null; show_params(); add([]); };
  box.append(list, all);
}

// --- what was understood ---
function understand() {
  return later(function () {
    var box = clear($('understood')), look = tables().filter(function (f) { return !f.blank && (!PART.test(base(f.path)) || /^(inventory|活动数据)/.test(base(f.path))); }), each = Promise.resolve();
    if (!look.length) box.append(make('p', w('not_yet'), { className: 'faint' }));
    look.forEach(function (f) { each = each.then(function () { return look_at(f).then(function (part) { box.append(part); }); }); });
    return each.then(show_ready);
  });
}
// As what a table is read; a workbook that is no table may be a whole case.
function look_at(f) {
  return run(['layout', f.path], [f]).then(function (r) {
    return said(r).then(function (text) {
      f.whole = false;
      if (r.status === 0 || !/\.xls[xm]$/i.test(f.path) || case_folder() !== null) return show_layout(f, r.status, text);
      return run(['rules', 'params', f.path], [f]).then(function (again) {
        return again.err.text().then(function (err) { f.whole = again.status === 0 && !/C1451/.test(err); return show_layout(f, r.status, text); });
      });
    });
  });
}
function show_layout(f, status, text) {
  var part = make('section'), at = text[0].lastIndexOf('\n# ');
  part.append(make('h3', f.path));
  if (status !== 0 || at < 0) { part.append(f.whole ? make('p', w('whole')) : make('pre', text[1] || text[0], { tabIndex: 0 })); return part; }
  text[0].split('\n').filter(function (l) { return /^# /.test(l); }).slice(0, -1).forEach(function (l) { part.append(make('p', l.slice(2))); });
  var rows = parse(text[0].slice(text[0].indexOf('\n', at + 1) + 1)).filter(function (r) { return r.join(''); }), table = make('table'), wrap = make('div', '', { className: 'table', tabIndex: 0 });
  table.append(make('caption', w('first_rows'), { className: 'faint' }));
  rows.slice(0, 6).forEach(function (r, n) {
    var row = make('tr');
    r.forEach(function (c) { row.append(make(n ? 'td' : 'th', c, n ? {} : { scope: 'col' })); });
    table.append(row);
  });
  wrap.setAttribute('role', 'region'); wrap.setAttribute('aria-label', w('first_rows') + ' ' + f.path);
  wrap.append(table); part.append(wrap);
  if (text[1]) part.append(make('pre', text[1], { tabIndex: 0 }));
  return part;
}

// --- forms, drawn from the tables that the program makes of the rule pack ---
function choices(allowed) {
  var one = /^(?:选一项[:：]|one of:)\s*(.*)$/.exec(allowed), several = /^(?:可填多项|one or more)[^:：]*[:：]\s*(.*)$/.exec(allowed), list = one || several;
  return list && { many: !one, of: list[1].replace(/[。.]$/, '').split(/、|,\s*/) };
}
function field(row, columns, names, changed) {
  var line = make('div', '', { className: 'fact' }), title = row[0], has = choices(row[columns.allowed] || ''), input, label = make('label', title);
  if (has && has.many) {
    input = make('fieldset'); input.append(make('legend', title)); label = make('span', '');
    has.of.forEach(function (c) {
      var box = make('input', '', { type: 'checkbox', value: c, checked: row[columns.value].split(/[;；]\s*/).indexOf(c) >= 0 }), own = make('label');
      box.onchange = function () { row[columns.value] = Array.from(input.querySelectorAll(':checked')).map(function (b) { return b.value; }).join(';'); changed(); };
      own.append(box, ' ' + c); input.append(own);
    });
  } else {
    input = has ? make('select') : make('input', '', { value: row[columns.value], autocomplete: 'off' });
    if (has) [''].concat(has.of).forEach(function (c) { input.append(make('option', c, { value: c, selected: c === row[columns.value] })); });
    input.onchange = function () { row[columns.value] = input.value.trim(); changed(); };
    input.id = 'f' + (field.count = (field.count || 0) + 1); label.htmlFor = input.id;
  }
  if (row[columns.unit]) label.append(make('span', ' ' + row[columns.unit], { className: 'unit' }));
  var paper = make('span');
  if (columns.evidence >= 0) {
    paper = make('input', '', { value: row[columns.evidence], placeholder: names.evidence, autocomplete: 'off' });
    paper.setAttribute('aria-label', title + ' ' + names.evidence);
    paper.onchange = function () { row[columns.evidence] = paper.value.trim(); changed(); };
  }
  line.append(label, input, paper);
  var hint = [has ? '' : row[columns.allowed] || '', row[columns.hint] || ''].filter(Boolean).join(' · ');
  if (hint) line.append(make('p', hint, { className: 'hint' }));
  return line;
}
function show_facts() {
  var found = files.find(function (f) { return FACTS.test(f.path); });
  $('factbox').hidden = !found; $('no_case').hidden = !!found;
  if (!found) { clear($('facts')); return; }
  if (filled.blob === found.blob) return;
  found.blob.text().then(function (text) {
    var rows = parse(text), head = rows[0].map(function (h) { return h.trim(); }), at = function (a, b) { var i = head.indexOf(a); return i >= 0 ? i : head.indexOf(b); };
    var columns = { value: at('value', '值'), unit: at('unit', '单位'), evidence: at('evidence', '凭证'), allowed: at('allowed', '可填内容'), hint: at('hint', '填写提示') };
    var box = clear($('facts'));
    function changed() { found.blob = filled.blob = csv_blob(rows); found.blank = false; }
    filled = { blob: found.blob };
    if (columns.value < 0 || /\ufffd/.test(text)) { box.append(make('pre', text)); return; } // another encoding: shown, not edited
    rows.slice(1).filter(function (r) { return r[0]; }).forEach(function (r) { while (r.length < head.length) r.push(''); box.append(field(r, columns, { evidence: w('evidence') }, changed)); });
  });
}
function show_params() {
  var box = clear($('params'));
  if (!params) return;
  var columns = { value: 1, unit: 2, evidence: 3, allowed: -1, hint: 4 };
  params.slice(1).forEach(function (r) { while (r.length < 5) r.push(''); box.append(field(r, columns, { evidence: params[0][3] }, keep_params)); });
}
function keep_params() { try { if ($('params_keep').checked) localStorage.setItem('tanhe.params', write(params)); else localStorage.removeItem('tanhe.params'); } catch (e) { $('params_keep').checked = false; } }
function ask_params() {
  if (params) { show_params(); return; }
  var kept = null;
  try { kept = localStorage.getItem('tanhe.params'); } catch (e) { kept = null; }
  if (kept) { params = parse(kept); $('params_keep').checked = true; show_params(); return; }
  later(function () { return run(['rules', 'params', '--template'], []); }).then(function (r) { return r.out.text(); }).then(function (text) { params = parse(text); show_params(); });
}
function given_params() { return params && params.slice(1).some(function (r) { return r[1]; }) ? [{ path: 'params.csv', blob: csv_blob([params[0]].concat(params.slice(1).filter(function (r) { return r[1]; }))) }] : []; }

// --- results ---
function save(name, blob) {
  var link = make('a', '', { href: URL.createObjectURL(blob), download: name });
  document.body.append(link); link.click(); link.remove();
}
function save_button(name, blob) { var b = make('button', w('save') + ' ' + name, { type: 'button' }); b.onclick = function () { save(name, blob); }; $('saves').append(b); }
function show_formats() {
  var box = $('format'), was = box.value, has = FORMATS[$('command').value];
  clear(box);
  has.forEach(function (f) { box.append(make('option', w(f), { value: f })); });
  box.value = has.indexOf(was) >= 0 ? was : has[0];
  $('stage').disabled = $('command').value !== 'check';
}
function show_ready() { $('run').disabled = !files.length; $('state').textContent = files.length ? (has_case() ? w('ready') : w('only_account')) : w('nothing'); }
function working(on, total) {
  $('run').disabled = on; $('stop').hidden = !on; $('progress').hidden = !on; $('progress').removeAttribute('value');
  clearInterval(working.clock);
  if (!on) return null;
  var began = Date.now(), share = '';
  working.clock = setInterval(function () { $('state').textContent = w('working') + ' ' + Math.round((Date.now() - began) / 1000) + ' ' + w('seconds') + share; }, 500);
  return function (read) { var part = total ? Math.min(1, read / total) : 0; $('progress').value = part; share = '，' + Math.round(100 * part) + '%'; };
}
function compute() {
  var command = has_case() ? $('command').value : 'account', format = $('format').value, more = $('more').value.trim(), made;
  if (FORMATS[command].indexOf(format) < 0) format = FORMATS[command][0];
  made = END[format];
  var own = command === 'account' ? [] : given_params(), input = files.filter(function (f) { return !own.length || f.path !== 'params.csv'; }).concat(own);
  var args = [command].concat(operands(), ['-f', format], own.length ? ['--params', 'params.csv'] : [], command === 'check' ? ['--stage', $('stage').value] : [], more ? more.split(/\s+/) : []);
  if (format === 'docx' || format === 'xlsx') args.push('-o', '/out/' + command + made);
  var total = input.reduce(function (n, f) { return n + f.blob.size; }, 0), heard = working(true, total);
  clear($('saves')); $('verdict').textContent = ''; $('outbox').hidden = $('errbox').hidden = $('view').hidden = true;
  return later(function () { return run(args, input, heard); }).then(function (r) {
    return said(r).then(function (text) {
      working(false); show_ready();
      $('verdict').className = 's' + r.status;
      $('verdict').textContent = r.status === 0 && (command === 'check' || command === 'report') ? w('eligible') : w('verdict' + r.status);
      $('err').textContent = text[1]; $('errbox').hidden = !text[1];
      if (format === 'html' && text[0]) { $('view').srcdoc = text[0]; $('view').hidden = false; }
      else { $('out').textContent = text[0].slice(0, 2e6); $('outbox').hidden = !text[0]; }
      if (text[0]) save_button(command + made, r.out);
      r.made.forEach(function (m) { save_button(base(m.path), m.blob); });
      return { args: args, status: r.status, out: text[0], err: text[1], made: r.made.map(function (m) { return m.path; }), heap: r.heap };
    });
  }).catch(function (e) { working(false); show_ready(); $('state').textContent = e.message; });
}

// --- the page itself ---
function show_words() {
  document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en'; document.title = w('title');
  document.querySelectorAll('[data-w]').forEach(function (e) { e.textContent = w(e.dataset.w); });
  function options(box, list) { var was = box.value; clear(box); list.forEach(function (o) { box.append(make('option', o[lang], { value: o.id })); }); if (was) box.value = was; }
  options($('category'), PACK.categories); options($('target'), PACK.targets); options($('stage'), PACK.stages); options($('example'), EXAMPLES);
  show_formats(); show_files(); show_ready();
  later(function () { return run(['--version'], []); }).then(function (r) { return r.out.text(); }).then(function (t) { $('version').textContent = t; });
}
$('language').onclick = function () { lang = lang === 'zh' ? 'en' : 'zh'; show_words(); understand(); };
$('files').onchange = $('folder').onchange = function (e) { add(Array.from(e.target.files).map(function (f) { return { path: f.webkitRelativePath || f.name, blob: f }; })); e.target.value = ''; };
$('drop').ondragover = function (e) { e.preventDefault(); $('drop').className = 'over'; };
$('drop').ondragleave = function () { $('drop').className = ''; };
$('drop').ondrop = function (e) {
  e.preventDefault(); $('drop').className = '';
  var each = Array.from(e.dataTransfer.items).filter(function (i) { return i.kind === 'file'; }).map(function (item) {
    var entry = item.webkitGetAsEntry && item.webkitGetAsEntry(), file = item.getAsFile(), into = [];
    if (!entry || entry.isFile) return [{ path: file.name, blob: file }];
    // Of a page opened as a file Chromium gives the files of a folder by handles only; others have entries only.
    if (item.getAsFileSystemHandle) return item.getAsFileSystemHandle().then(function (folder) { return walk_handle(folder, folder.name, into); });
    return walk(entry, into).then(function () { return into; });
  });
  Promise.all(each).then(function (lists) { add([].concat.apply([], lists)); }, function (why) { $('state').textContent = String(why); });
};
window.ondragover = window.ondrop = function (e) { e.preventDefault(); };
$('start').onclick = function () {
  var args = ['init', '/out/案例', '--csv', '--category', $('category').value, '--target', $('target').value];
  return later(function () { return run(args, []); }).then(function (r) {
    files = files.filter(function (f) { return !f.blank; });
    r.made.filter(function (m) { return !PARAMS.test(m.path) && !/(填写说明|选项|guide|choices)\.csv$/.test(m.path); }).forEach(function (m) { put_file(m.path, m.blob); files[files.length - 1].blank = true; });
    $('factbox').open = true;
    return add([]);
  });
};
$('open').onclick = function () {
  var e = EXAMPLES.find(function (x) { return x.id === $('example').value; });
  files = Object.keys(e.files).map(function (path) { return { path: path, blob: new Blob([e.files[path]]) }; });
  return add([]);
};
$('save_case').onclick = function () {
  var own = given_params(), args = ['check'].concat(operands(), own.length ? ['--params', 'params.csv'] : [], ['--annotate', '/out/案例.xlsx']);
  return later(function () { return run(args, files.concat(own)); }).then(function (r) {
    return r.err.text().then(function (err) { $('err').textContent = err; $('errbox').hidden = !err; r.made.forEach(function (m) { save(base(m.path), m.blob); }); });
  });
};
$('params_save').onclick = function () { if (params) save('params.csv', csv_blob(params)); };
$('params_keep').onchange = function () { if (params) keep_params(); };
$('parambox').ontoggle = function () { if ($('parambox').open) ask_params(); };
$('command').onchange = show_formats;
$('run').onclick = compute;
$('stop').onclick = function () { if (busy) { busy.worker.terminate(); var b = busy; busy = null; b.stopped(); } };
try {
  module_url = URL.createObjectURL(new Blob(['onmessage=function(m){var job=m.data,Module={};', $('worker').textContent, '}'], { type: 'text/javascript' }));
  ready = unpack();
  ready.catch(function () { $('state').textContent = w('failed'); });
} catch (e) { ready = Promise.reject(e); $('state').textContent = w('failed'); }
show_words();
add([]);
