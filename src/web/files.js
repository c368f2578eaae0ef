// SPDX-License-Identifier: GPL-3.0-or-later
// The files of the user: dropped, chosen or made here; which of them are a case, and what each table was read as.
var files = [], touched = false;
var TABLE = /\.(csv|tsv|txt|xlsx|xlsm|xls|et|ods)$/i, BOOK = /\.(xlsx|xlsm)$/i, REPORT = /\.json$/i, INVENTORY = /^(inventory|活动数据)/;
// What makes a folder a case, and which kind of facts it has.
var ROOTS = [['case', /^(case|基本信息)\.csv$/], ['event', /^(events|大型活动|活动信息)\.csv$/], ['project', /^(project|新增项目|拟引入项目)\.csv$/], ['footprint', /^(products|产品)\.csv$/]];
var PARAMS = /^(params|参数|方案参数)[^/]*\.csv$/;
// What in a case is no table of activity data, by its name.
var PART = /^(case|基本信息|measures|措施|targets|目标|tasks|任务|params|参数|assumptions|规划假设|delivered|series|correlations|instruments|绿电绿证|applicants|factors|因子|units|单位|offsets|碳抵消|products|产品|events|大型活动|project|guide|choices|填写说明|选项)|\.layout\.csv$/;

function root_of(f) { return ROOTS.find(function (r) { return r[1].test(base(f.path)); }); }
// What can be computed: folders of cases, workbooks that are one, or else all tables together.
function subjects() {
  var all = [];
  ROOTS.forEach(function (r) {
    files.forEach(function (f) {
      var folder = folder_of(f.path);
      if (r[1].test(base(f.path)) && !all.some(function (s) { return s.folder === folder; })) all.push({ kind: r[0], folder: folder, facts: f, args: [folder.replace(/\/$/, '') || '.'] });
    });
  });
  files.forEach(function (f) { if (f.whole) all.push({ kind: 'case', args: [f.path] }); });
  var loose = files.filter(function (f) { return TABLE.test(f.path) && !f.whole && !all.some(function (s) { return s.folder !== undefined && f.path.indexOf(s.folder) === 0; }); });
  if (!all.length && loose.length) all.push({ kind: 'tables', args: loose.map(function (f) { return f.path; }) });
  return all;
}
function subject() { var all = subjects(); return all.find(function (s) { return s.args[0] === $('subject').value; }) || all[0] || null; }
function label_of(s) { return s.kind === 'tables' ? s.args.map(base).join('、') : s.args[0] === '.' ? w('these') : s.args[0]; }
function of_case(s, f) { return s && s.folder !== undefined && folder_of(f.path) === s.folder; }
function reports() { return files.filter(function (f) { return REPORT.test(f.path); }); }

function put_file(path, blob, blank) { files = files.filter(function (f) { return f.path !== path; }); var f = { path: path, blob: blob, blank: !!blank }; files.push(f); return f; }
// Whether a workbook is a case by itself.
function ask_whole(f) {
  if (!BOOK.test(f.path) || f.path.indexOf('/') >= 0) return Promise.resolve(false);
  return job(['rules', 'params', f.path], [f]).then(function (r) { return r.err.text().then(function (err) { return r.status === 0 && !/C1451/.test(err); }); }, function () { return false; });
}
async function add(list) {
  // What makes a case comes first, so that tables beside it find it.
  for (var f of list.filter(root_of).concat(list.filter(function (g) { return !root_of(g); }))) {
    var open = subject();
    if (PARAMS.test(f.path)) { take_params(await f.blob.text()); continue; }
    f.whole = await ask_whole(f);
    if (f.whole && open && open.folder !== undefined) {
      if (touched && !confirm(w('replace'))) continue;
      files = files.filter(function (g) { return g.path.indexOf(open.folder) !== 0; }); touched = false;
    } else if (open && open.folder !== undefined && TABLE.test(f.path) && !root_of(f) && f.path.indexOf('/') < 0) {
      // A table that comes to an open case is activity data of it, unless its name says what else it is; the empty table that was there makes way.
      f.from = f.path;
      f.path = open.folder + (PART.test(f.path) || INVENTORY.test(f.path) ? '' : '活动数据-') + f.path;
      if (INVENTORY.test(base(f.path))) files = files.filter(function (g) { return !(g.blank && of_case(open, g) && INVENTORY.test(base(g.path))); });
    }
    Object.assign(put_file(f.path, f.blob), { whole: f.whole, from: f.from });
  }
  files.sort(function (a, b) { return a.path < b.path ? -1 : 1; });
  show_files();
  await Promise.all([show_forms(), understand()]);
}
async function walk(entry, into) {
  if (entry.isFile) { await new Promise(function (done, failed) { entry.file(function (f) { into.push({ path: entry.fullPath.replace(/^\//, ''), blob: f }); done(); }, failed); }); return into; }
  var reader = entry.createReader(), some;
  do {
    some = await new Promise(function (done, failed) { reader.readEntries(done, failed); });
    for (var each of some) await walk(each, into);
  } while (some.length);
  return into;
}
async function walk_handle(handle, path, into) {
  if (handle.kind === 'file') into.push({ path: path, blob: await handle.getFile() });
  else for await (var each of handle.values()) await walk_handle(each, path + '/' + each.name, into);
  return into;
}
function dropped(e) {
  var each = Array.from(e.dataTransfer.items).filter(function (i) { return i.kind === 'file'; }).map(function (item) {
    var entry = item.webkitGetAsEntry && item.webkitGetAsEntry(), file = item.getAsFile();
    if (!entry || entry.isFile) return [{ path: file.name, blob: file }];
    // Of a page opened as a file Chromium gives the files of a folder by handles only; others have entries only.
    if (item.getAsFileSystemHandle) return item.getAsFileSystemHandle().then(function (folder) { return walk_handle(folder, folder.name, []); });
    return walk(entry, []);
  });
  return Promise.all(each).then(function (lists) { return add([].concat.apply([], lists)); }).catch(function (why) { say(String(why)); });
}
function show_files() {
  var box = clear($('list'));
  if (!files.length) { box.append(make('p', w('none'), { className: 'faint' })); return; }
  var list = make('ul');
  files.forEach(function (f) {
    var item = make('li', f.path);
    item.append(named(button(w('save'), function () { save(base(f.path), f.blob); }), w('save') + ' ' + f.path),
      named(button(w('remove'), function () { files = files.filter(function (g) { return g !== f; }); add([]); }), w('remove') + ' ' + f.path));
    list.append(item);
  });
  box.append(list, button(w('clear'), function () { files = []; touched = false; add([]); }));
}

// --- what was understood, before anything is computed ---
async function understand() {
  var s = subject(), parts = [], mine = understand.turn = (understand.turn || 0) + 1;
  var look = files.filter(function (f) { return !f.blank && (f.whole || (s && s.folder !== undefined ? of_case(s, f) && INVENTORY.test(base(f.path)) : TABLE.test(f.path) && !PART.test(base(f.path)))); });
  show_ready();
  for (var f of look) {
    var part = await look_at(f);
    if (mine !== understand.turn) return;
    parts.push(part);
  }
  if (!parts.length) parts.push(make('p', w('not_yet'), { className: 'faint' }));
  clear($('understood')).append.apply($('understood'), parts);
}
async function look_at(f) {
  if (f.seen && f.seen.blob === f.blob && f.seen.lang === lang) return f.seen.part;
  var part = make('section'), text;
  part.append(make('h3', f.path));
  if (f.whole) { part.append(make('p', w('whole'))); return part; }
  try { text = await said(await job(['layout', f.path], [f])); } catch (why) { part.append(make('p', why.message)); return part; }
  f.seen = { blob: f.blob, lang: lang, part: part };
  var at = text[0].lastIndexOf('\n# ');
  if (at < 0) { part.append(make('pre', text[1] || text[0], { tabIndex: 0 })); return part; }
  text[0].split('\n').filter(function (l) { return /^# /.test(l); }).slice(0, -1).forEach(function (l) { part.append(make('p', l.slice(2))); });
  var rows = parse(text[0].slice(text[0].indexOf('\n', at + 1) + 1)).filter(function (r) { return r.join(''); }), table = make('table'), wrap = make('div', '', { className: 'table', tabIndex: 0 });
  table.append(make('caption', w('first_rows'), { className: 'faint' }));
  rows.slice(0, 6).forEach(function (r, n) {
    var row = make('tr');
    r.forEach(function (c) { row.append(make(n ? 'td' : 'th', c, n ? {} : { scope: 'col' })); });
    table.append(row);
  });
  wrap.setAttribute('role', 'region'); named(wrap, w('first_rows') + ' ' + f.path).append(table);
  part.append(wrap);
  if (text[1]) part.append(make('pre', text[1], { tabIndex: 0 }));
  return part;
}
