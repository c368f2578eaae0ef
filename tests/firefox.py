# SPDX-License-Identifier: GPL-3.0-or-later
"""Firefox without a window, as browser.py has Chromium: WebDriver BiDi (W3C) over a WebSocket (RFC 6455), which Firefox speaks by itself."""
import base64
import json
import os
import re
import socket
import struct
import subprocess
import tempfile

from browser import end


def plain(value):
    """What a script gave, from the form in which BiDi writes values."""
    kind, inner = value['type'], value.get('value')
    if kind == 'array':
        return [plain(v) for v in inner]
    if kind == 'object':
        return {key: plain(v) for key, v in inner}
    return inner if kind in ('string', 'number', 'boolean') else None


class Firefox:
    def __init__(self, timeout=120):
        self.requests, self.console, self.number, self.timeout = [], [], 0, timeout

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(prefix='tanhe-firefox-', ignore_cleanup_errors=True)
        environment = {**os.environ, 'MOZ_HEADLESS': '1', 'HOME': self.folder.name, 'LANG': 'C.UTF-8'}
        self.process = subprocess.Popen(['firefox-esr', '--headless', '--no-remote', '--profile', self.folder.name, '--remote-debugging-port', '0', 'about:blank'], env=environment,
                                        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        while not (found := re.search(rb'ws://127\.0\.0\.1:(\d+)', line := self.process.stderr.readline())):
            if not line:
                raise RuntimeError('Firefox does not start')
        self.socket = socket.create_connection(('127.0.0.1', int(found[1])), self.timeout)
        self.reader = self.socket.makefile('rb')
        self.socket.sendall(b'GET /session HTTP/1.1\r\nHost: 127.0.0.1:' + found[1] + b'\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: '
                            + base64.b64encode(os.urandom(16)) + b'\r\nSec-WebSocket-Version: 13\r\n\r\n')
        if b' 101 ' not in self.reader.readline():
            raise RuntimeError('Firefox does not listen')
        while self.reader.readline().strip():
            pass
        self.ask('session.new', capabilities={'alwaysMatch': {'unhandledPromptBehavior': {'default': 'accept'}}})
        self.ask('session.subscribe', events=['log.entryAdded', 'network.beforeRequestSent'])
        self.context = self.ask('browsingContext.getTree')['contexts'][0]['context']
        return self

    def __exit__(self, *_):
        self.socket.close()
        self.process.terminate()
        end(self.process)
        self.process.stderr.close()
        self.folder.cleanup()

    def send(self, text):
        """One masked frame."""
        mask, size = os.urandom(4), len(text)
        length = struct.pack('!B', 0x80 | size) if size < 126 else struct.pack('!BH', 0xfe, size) if size < 65536 else struct.pack('!BQ', 0xff, size)
        repeated = (mask * (size // 4 + 1))[:size]
        self.socket.sendall(b'\x81' + length + mask + (int.from_bytes(text, 'big') ^ int.from_bytes(repeated, 'big')).to_bytes(size, 'big'))

    def frame(self):
        text = b''
        while True:
            first, length = self.reader.read(2)
            length = struct.unpack('!H', self.reader.read(2))[0] if length == 126 else struct.unpack('!Q', self.reader.read(8))[0] if length == 127 else length
            part = self.reader.read(length)
            if first & 15 in (0, 1):
                text += part
            if first & 0x80 and first & 15 in (0, 1):
                return text

    def ask(self, method, **params):
        """One command; its result."""
        self.number += 1
        self.send(json.dumps({'id': self.number, 'method': method, 'params': params}).encode())
        while True:
            answer = json.loads(self.frame())
            if answer.get('method') == 'log.entryAdded':
                self.console.append(answer['params']['text'])
            elif answer.get('method') == 'network.beforeRequestSent' and not answer['params']['request']['url'].startswith(('blob:', 'data:')):
                self.requests.append(answer['params']['request']['url'])
            elif answer.get('id') == self.number:
                if answer['type'] == 'error':
                    raise RuntimeError(f'{method}: {answer["error"]}: {answer["message"]}')
                return answer['result']

    def open(self, url, width=1280, height=900, dark=False):
        self.ask('browsingContext.setViewport', context=self.context, viewport={'width': width, 'height': height})
        self.requests, self.console = [], []
        self.ask('browsingContext.navigate', context=self.context, url=url, wait='complete')

    def evaluate(self, text):
        answer = self.ask('script.evaluate', expression=text, target={'context': self.context}, awaitPromise=True)
        if answer['type'] == 'exception':
            raise RuntimeError(answer['exceptionDetails']['text'])
        return answer['result']

    def script(self, text):
        """The value of a script, when its promise is kept."""
        return plain(self.evaluate(text))

    def give(self, selector, *paths):
        """Choose files in an input."""
        node = self.evaluate(f'document.querySelector({json.dumps(selector)})')
        self.ask('input.setFiles', context=self.context, element={'sharedId': node['sharedId']}, files=[os.path.abspath(p) for p in paths])

    def drop(self, _x, _y, *paths):
        """BiDi drops no files: they are chosen."""
        self.give('#files', *paths)

    def picture(self, path, whole=False):
        with open(path, 'wb') as f:
            f.write(base64.b64decode(self.ask('browsingContext.captureScreenshot', context=self.context, origin='document' if whole else 'viewport')['data']))
