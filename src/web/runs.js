// SPDX-License-Identifier: GPL-3.0-or-later
// Runs of the program, one after the other, each in a worker of its own; how far a long one is, and its end before it is done.
var $ = function (id) { return document.getElementById(id); };
var lang = 'zh', busy = null, ready, module_url, queue = Promise.resolve();

function w(name) { return WORDS[name][lang === 'zh' ? 0 : 1]; }
function base(path) { return path.replace(/^.*\//, ''); }
function folder_of(path) { return path.replace(/[^/]*$/, ''); }
function make(tag, text, more) { var e = document.createElement(tag); if (text) e.textContent = text; return Object.assign(e, more || {}); }
function named(e, label) { e.setAttribute('aria-label', label); return e; }
function button(text, done) { return make('button', text, { type: 'button', onclick: done }); }
function clear(e) { while (e.firstChild) e.removeChild(e.firstChild); return e; }
function say(text) { $('state').textContent = text; }

function unpack() {
  var packed = Uint8Array.from(atob($('wasm').textContent.trim()), function (c) { return c.charCodeAt(0); });
  return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer().then(function (bytes) { return WebAssembly.compile(bytes); });
}
// input: [{path, blob}]; gives {status, out, err, made, heap}.
function run(args, input, heard) {
  return ready.then(function (wasm) {
    return new Promise(function (done, failed) {
      var worker = new Worker(module_url);
      function end() { worker.terminate(); busy = null; }
      busy = { stop: function () { end(); failed(new Error(w('stopped'))); } };
      worker.onmessage = function (m) { if ('status' in m.data) { end(); done(m.data); } else if (heard) heard(m.data.read); };
      worker.onerror = function (e) { e.preventDefault(); end(); failed(new Error(e.message)); };
      worker.postMessage({ wasm: wasm, args: ['--lang', lang].concat(args), files: input.map(function (f) { return { path: f.path, blob: f.blob }; }), lang: lang });
    });
  });
}
function later(job) { var all = queue.then(job); queue = all.catch(function () {}); return all; }
// In its turn; what takes longer than a moment shows a clock, how much of the files is read, and a button to stop it.
function job(args, input) {
  return later(function () {
    var bytes = input.reduce(function (n, f) { return n + f.blob.size; }, 0), began = Date.now(), share = '', clock = setInterval(show, 200);
    $('progress').removeAttribute('value');
    function show() {
      var took = Date.now() - began;
      if (took < 400) return;
      $('working').hidden = false;
      $('clock').textContent = Math.round(took / 1000) + ' ' + w('seconds') + share;
    }
    function end() { clearInterval(clock); $('working').hidden = true; }
    return run(args, input, function (read) {
      var part = bytes ? Math.min(1, read / bytes) : 0;
      $('progress').value = part; share = ' · ' + Math.round(100 * part) + '%';
    }).finally(end);
  });
}
function said(result) { return Promise.all([result.out.text(), result.err.text()]); }

function save(name, blob) {
  var link = make('a', '', { href: URL.createObjectURL(blob), download: name });
  document.body.append(link); link.click(); link.remove();
}
