// SPDX-License-Identifier: GPL-3.0-or-later
// Forms over the tables of a case and the parameters of the notice: what is typed is in the table at once. What may be chosen comes from rule packs and from `init`.

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
function square(rows) { rows.forEach(function (r) { while (r.length < rows[0].length) r.push(''); }); return rows; }
var VALUE = ['value', '值', '数值'];
function column(head, names) { return head.findIndex(function (h) { return names.indexOf(h.trim()) >= 0; }); }

// --- one fact or parameter a line ---
function is_called(v, text) { return text === v.id || text === v.zh || text === v.en || (v.aliases || []).indexOf(text) >= 0; }
// The fact of the pack that a row is about, and what may be chosen for it.
function known_fact(kind, title) { return (PACK.facts[kind] || []).find(function (f) { return is_called(f, title); }); }
function field(row, columns, fact, changed) {
  var title = fact ? fact[lang] : row[0], line = make('div', '', { className: 'fact' }), input, label = make('label', title), of = fact && fact.values;
  function set(text) { row[columns.value] = text; changed(); }
  if (of && fact.type === 'list') {
    input = named(make('fieldset'), title); label = make('span', title);
    of.forEach(function (v) {
      var has = row[columns.value].split(/[;；]\s*/), was = has.find(function (t) { return is_called(v, t); }), box = make('input', '', { type: 'checkbox', value: was || v[lang], checked: !!was }), own = make('label');
      box.onchange = function () { set(Array.from(input.querySelectorAll(':checked')).map(function (b) { return b.value; }).join(';')); };
      own.append(box, ' ' + v[lang]); input.append(own);
    });
  } else {
    input = of ? make('select') : make('input', '', { value: row[columns.value], autocomplete: 'off' });
    if (of) {
      var was = row[columns.value], hit = of.find(function (v) { return is_called(v, was); });
      input.append(make('option', '', { value: '' }));
      if (was && !hit) input.append(make('option', was, { value: was, selected: true }));
      of.forEach(function (v) { input.append(make('option', v[lang], { value: v === hit ? was : v[lang], selected: v === hit })); });
    }
    input.onchange = function () { set(input.value.trim()); };
    input.id = 'f' + (field.count = (field.count || 0) + 1); label.htmlFor = input.id;
  }
  if (row[columns.unit]) label.append(make('span', ' ' + row[columns.unit], { className: 'unit' }));
  line.append(label, input);
  if (columns.evidence >= 0) {
    var paper = named(make('input', '', { value: row[columns.evidence], placeholder: columns.paper, autocomplete: 'off' }), title + ' ' + columns.paper);
    paper.onchange = function () { row[columns.evidence] = paper.value.trim(); changed(); };
    line.append(paper);
  }
  var hint = [of ? '' : row[columns.allowed] || '', row[columns.hint] || ''].filter(Boolean).join(' · ');
  if (hint) line.append(make('p', hint, { className: 'hint' }));
  return line;
}
function facts_form(s, rows, changed) {
  var head = rows[0], box = make('div'), columns = { value: column(head, VALUE), unit: column(head, ['unit', '单位']), evidence: column(head, ['evidence', '凭证', '证据']),
    allowed: column(head, ['allowed', '可填内容']), hint: column(head, ['hint', '填写提示']), paper: w('evidence') };
  if (columns.value < 0) return null;
  var facts = PACK.facts[s.kind] || [], rest = facts.filter(function (f) { return !rows.some(function (r) { return is_called(f, r[0]); }); });
  rows.slice(1).filter(function (r) { return r[0]; }).forEach(function (r) { box.append(field(r, columns, known_fact(s.kind, r[0]), changed)); });
  if (rest.length) {
    var choose = named(make('select'), w('more_facts')), line = make('div', '', { className: 'row' });
    rest.forEach(function (f) { choose.append(make('option', f[lang], { value: f.id })); });
    line.append(choose, button(w('add_fact'), function () {
      var fact = rest.find(function (f) { return f.id === choose.value; }), row = head.map(function () { return ''; });
      row[0] = fact[lang]; rows.push(row); changed();
      box.insertBefore(field(row, columns, fact, changed), line);
      choose.querySelector(':checked').remove(); line.hidden = !choose.options.length;
    }));
    box.append(line);
  }
  return box;
}

// --- a table, one line a row ---
function grid_form(name, rows, choices, changed) {
  var box = make('div'), table = make('table'), body = make('tbody'), wrap = make('div', '', { className: 'table', tabIndex: 0 }), top = make('tr');
  var lists = rows[0].map(function (h, i) {
    var of = (choices[h.trim()] || []).filter(Boolean);
    if (!of.length) return '';
    var list = make('datalist', '', { id: 'l' + (grid_form.count = (grid_form.count || 0) + 1) });
    Array.from(new Set(of)).forEach(function (c) { list.append(make('option', '', { value: c })); });
    box.append(list);
    return list.id;
  });
  rows[0].forEach(function (h, i) {
    var widest = Math.max.apply(null, rows.map(function (r) { return r[i].replace(/[^\x00-\xff]/g, 'xx').length; })), th = make('th', h, { scope: 'col' });
    th.style.minWidth = Math.min(30, widest + (lists[i] ? 7 : 4)) + 'ch'; top.append(th);
  });
  top.append(make('td'));
  function line(row) {
    var tr = make('tr');
    row.forEach(function (c, i) {
      var cell = make('td'), input = named(make('input', '', { value: c, autocomplete: 'off' }), rows[0][i] + ' ' + w('row') + ' ' + rows.indexOf(row));
      if (lists[i]) input.setAttribute('list', lists[i]);
      input.onchange = function () { row[i] = input.value.trim(); changed(); };
      cell.append(input); tr.append(cell);
    });
    var last = make('td');
    last.append(named(button('×', function () { rows.splice(rows.indexOf(row), 1); tr.remove(); changed(); }), w('remove') + ' ' + w('row') + ' ' + rows.indexOf(row)));
    tr.append(last); body.append(tr);
    return tr;
  }
  rows.slice(1).forEach(line);
  wrap.setAttribute('role', 'region'); named(wrap, name);
  var head = make('thead'); head.append(top); table.append(head, body); wrap.append(table);
  box.append(wrap, button(w('add_row'), function () { var row = rows[0].map(function () { return ''; }); rows.push(row); line(row).querySelector('input').focus(); changed(); }));
  return box;
}
// What `init` offers for the columns of its tables, for this category and target.
function offered(s, rows) {
  function of(list, id, fallback) { var r = rows.find(function (x) { return is_called(known_fact('case', id) || { id: id }, x[0]); }); var v = r && list.find(function (x) { return is_called(x, r[1]); }); return v ? v.id : fallback; }
  var key = [lang, of(PACK.categories, 'category', $('category').value), of(PACK.targets, 'target', $('target').value)];
  if (offered.key === key.join() || s.kind !== 'case') return Promise.resolve(s.kind === 'case' ? offered.lists : {});
  return job(['init', '/out/x', '--csv', '--category', key[1], '--target', key[2]], []).then(function (r) {
    var file = r.made.find(function (m) { return /(选项|choices)\.csv$/.test(m.path); });
    return file ? file.blob.text() : '';
  }).then(function (text) {
    var table = parse(text), lists = {};
    (table[0] || []).forEach(function (h, i) { lists[h] = (lists[h] || []).concat(table.slice(1).map(function (r) { return r[i]; })); });
    offered.key = key.join(); offered.lists = lists;
    return lists;
  }, function () { return {}; });
}
// A form for each small table of the open case; none is drawn anew that stands there as it is.
var FORM_ROWS = 200, FORM_BYTES = 60000;
async function show_forms() {
  var s = subject(), box = $('forms'), drawn = show_forms.drawn || [], keep = [], mine = show_forms.turn = (show_forms.turn || 0) + 1;
  var list = s && s.folder !== undefined ? files.filter(function (f) { return of_case(s, f) && /\.csv$/i.test(f.path) && !PARAMS.test(base(f.path)) && !/(guide|choices|填写说明|选项|\.layout)\.csv$/.test(f.path) && f.blob.size <= FORM_BYTES; }) : [];
  var order = function (f) { return f === s.facts && s.kind !== 'footprint' ? 0 : INVENTORY.test(base(f.path)) ? 1 : 2; };
  list.sort(function (a, b) { return order(a) - order(b); });
  $('no_case').hidden = !!list.length; $('save_case').hidden = !s || s.kind !== 'case' || s.folder === undefined;
  var choices = null;
  for (let f of list) {
    var old = drawn.find(function (d) { return d.path === f.path && d.blob === f.blob && d.lang === lang; });
    if (old) { keep.push(old); continue; }
    let text = await f.blob.text(), rows = square(parse(text)), part = make('details'), form = null, entry = { path: f.path, lang: lang, part: part };
    let changed = function () { f.blob = entry.blob = csv_blob(rows); f.blank = false; touched = true; if (INVENTORY.test(base(f.path))) understand(); };
    if (f === s.facts && s.kind !== 'footprint') form = facts_form(s, rows, changed);
    else if (!/\ufffd/.test(text) && rows.length && rows.length <= FORM_ROWS) {
      choices = choices || await offered(s, s.facts ? parse(await s.facts.blob.text()) : []);
      form = grid_form(base(f.path), rows, choices, changed);
    }
    if (/\ufffd/.test(text) || !form) form = make('p', w('not_edited'), { className: 'faint' });
    part.append(make('summary', part_name(base(f.path))), form);
    entry.blob = f.blob;
    keep.push(entry);
  }
  if (mine !== show_forms.turn) return;
  show_forms.drawn = keep;
  clear(box).append.apply(box, keep.map(function (d) { return d.part; }));
  if (keep.length && !keep.some(function (d) { return d.part.open; }) && list[0] && list[0].blank) keep[0].part.open = true;
}
function part_name(name) {
  var known = PARTS.find(function (p) { return p[0].test(name); });
  return known ? known[lang === 'zh' ? 1 : 2] + (lang === 'zh' ? '（' + name + '）' : ' (' + name + ')') : name;
}

// --- parameters of the notice ---
var params = null;
function show_params() {
  var box = clear($('params'));
  if (!params) return;
  var head = square(params)[0], columns = { value: column(head, VALUE), unit: column(head, ['unit', '单位']), evidence: column(head, ['source', '来源']), hint: column(head, ['note', '说明', '备注']), paper: w('source') };
  params.slice(1).forEach(function (r) { box.append(field(r, columns, PACK.parameters.find(function (p) { return is_called(p, r[0]); }), keep_params)); });
}
function take_params(text) {
  var table = parse(text);
  if (!table.length || column(table[0], VALUE) < 0) { say(w('no_params')); return; }
  params = table; show_params(); $('parambox').open = true;
}
function keep_params() { try { if ($('params_keep').checked) localStorage.setItem('tanhe.params', write(params)); else localStorage.removeItem('tanhe.params'); } catch (e) { $('params_keep').checked = false; } }
function ask_params() {
  var kept = null;
  if (params) return Promise.resolve(show_params());
  try { kept = localStorage.getItem('tanhe.params'); } catch (e) { kept = null; }
  if (kept) { params = parse(kept); $('params_keep').checked = true; return Promise.resolve(show_params()); }
  return job(['rules', 'params', '--template'], []).then(function (r) { return r.out.text(); }).then(function (text) { if (!params) params = parse(text); show_params(); });
}
function given_params() {
  var value = params ? column(params[0], VALUE) : 0, given = (params || []).slice(1).filter(function (r) { return r[value]; });
  return given.length ? [{ path: '参数.csv', blob: csv_blob([params[0]].concat(given)) }] : [];
}
