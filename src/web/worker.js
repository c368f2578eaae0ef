// SPDX-License-Identifier: GPL-3.0-or-later
// One run of the program in one worker; `job`: {wasm: WebAssembly.Module, args, files: [{path, blob}], lang}. The files are read in pieces where they lie, what is made is in memory.
// Answers {read} now and then while files are read, and at the end {status, out, err, made: [{path, blob}], heap}.
var SIZE = 65536, kept = { 1: [], 2: [] }, room = { 1: new Uint8Array(SIZE), 2: new Uint8Array(SIZE) }, used = { 1: 0, 2: 0 }, read = 0, told = 0;
function put(stream) {
  return function (byte) {
    if (byte === null) return;
    if (used[stream] === SIZE) { kept[stream].push(room[stream]); room[stream] = new Uint8Array(SIZE); used[stream] = 0; }
    room[stream][used[stream]++] = byte;
  };
}
function said(stream) { return new Blob(kept[stream].concat([room[stream].subarray(0, used[stream])])); }
function made(folder) {
  var all = [];
  FS.readdir(folder).forEach(function (name) {
    var path = folder + '/' + name;
    if (name === '.' || name === '..') return;
    if (FS.isDir(FS.stat(path).mode)) all = all.concat(made(path));
    else all.push({ path: path.slice('/out/'.length), blob: new Blob([FS.readFile(path)]) });
  });
  return all;
}
function end(status) { postMessage({ status: status, out: said(1), err: said(2), made: made('/out'), heap: HEAPU8.length }); }
Module['arguments'] = job.args;
Module['thisProgram'] = 'tanhe';
Module['instantiateWasm'] = function (imports, done) {
  WebAssembly.instantiate(job.wasm, imports).then(function (instance) { done(instance, job.wasm); });
  return {};
};
(Module['preRun'] = Module['preRun'] || []).push(function () {
  FS.init(function () { return null; }, put(1), put(2));
  ENV['LANG'] = job.lang === 'zh' ? 'zh_CN.UTF-8' : 'C'; ENV['TANHE_DATA'] = '/data'; ENV['NO_COLOR'] = '1';
  FS.mkdir('/in'); FS.mkdir('/out');
  FS.mount(WORKERFS, { blobs: job.files.map(function (f) { return { name: f.path, data: f.blob }; }) }, '/in');
  var by_piece = WORKERFS.stream_ops.read;
  WORKERFS.stream_ops.read = function (stream, buffer, offset, length, position) {
    var got = by_piece(stream, buffer, offset, length, position), now = Date.now();
    read += got;
    if (now - told > 200) { told = now; postMessage({ read: read }); }
    return got;
  };
  FS.chdir('/in');
});
Module['quit'] = end;
Module['onAbort'] = function (why) { String(why).split('').forEach(function (c) { put(2)(c.charCodeAt(0) & 127); }); end(5); };
