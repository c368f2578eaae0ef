// SPDX-License-Identifier: GPL-3.0-or-later
// node tools/web/make_page.js WASM WORKER SOURCE > tanhe.html: all of the page in one file.
'use strict';
const fs = require('fs'), path = require('path'), zlib = require('zlib');
const [wasm, worker, source] = process.argv.slice(2), root = path.join(__dirname, '../..');
const read = (name) => fs.readFileSync(path.join(root, name), 'utf8');
const pack = JSON.parse(read('data/rules/' + JSON.parse(read('data/rules/set.json')).default + '.json'));
const fact = (id) => pack.facts.find((f) => f.id === pack[id]).values;
const other = (id) => JSON.parse(read('data/rules/' + id + '.json')), event = other('event-neutrality');
const named = (list) => list.map(({ id, zh, en, verdicts }) => ({ id, zh, en, verdicts }));
// What a form knows of the facts of a pack: their names, and what may be chosen.
const facts_of = (of) => of.facts.map(({ id, zh, en, aliases, type, values }) => ({ id, zh, en, aliases, type, values: type === 'bool' ? [of.yes, of.no] : values }));
const kind = (id) => fact('category').find((v) => v.id === id);
// A first application of each category, one with more data, and a table as an office keeps it.
const folders = fact('category').map((v) => ['first/' + v.id, v.zh + '，初次申报', v.en + ', a first application'])
  .concat([['enterprise', kind('enterprise').zh + '，数据较全', kind('enterprise').en + ', with more data'], ['office', '能耗统计表（办公表格）', 'a table of an office'],
    ['event', '大型活动碳中和', 'an event'], ['products', '产品碳足迹', 'products']]);
const examples = folders.map(([id, zh, en]) => {
  const files = {}, folder = path.join('examples', id);
  for (const name of fs.readdirSync(path.join(root, folder)).sort()) files[path.posix.join(id.replace('/', '-'), name)] = read(path.join(folder, name));
  return { id, zh, en, files };
});
// In a script of HTML: nothing that ends it or begins a comment.
const json = (value) => JSON.stringify(value).replace(/</g, '\\u003c');
const script = (text) => text.replace(/<\/script/gi, '<\\/script').replace(/<!--/g, '<\\!--');
const parts = {
  WASM: zlib.gzipSync(fs.readFileSync(wasm), { level: 9 }).toString('base64'), WORKER: script(fs.readFileSync(worker, 'utf8')),
  
  PACK: json({ categories: named(fact('category')), targets: named(fact('target')), stages: named(pack.stages), claim: event.stages[0], parameters: named(pack.parameters),
    facts: { case: facts_of(pack), event: facts_of(event), project: facts_of(other('project-admission')) } }),
   EXAMPLES: json(examples),
  SCRIPTS: ['words', 'runs', 'files', 'forms', 'page'].map((name) => script(read('src/web/' + name + '.js'))).join(''),
  LICENCES: 'libcsv (LGPL-2.1-or-later), cJSON (MIT), nettle (LGPL-3.0-or-later), libzip (BSD-3-Clause), zlib (Zlib), expat (MIT), libxlsxwriter (BSD-2-Clause), GSL (GPL-3.0-or-later), musl (MIT), Emscripten (MIT)',
  SOURCE: source,
};
process.stdout.write(read('src/web/page.html').replace(/@([A-Z]+)@/g, (all, name) => parts[name]));
