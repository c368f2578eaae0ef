# SPDX-License-Identifier: GPL-3.0-or-later
"""Chromium without a window, driven through a pipe: a page opened, its script asked, files given and dropped, what it asked of the network and said on its console."""
import base64
import json
import os
import subprocess
import tempfile


def end(process):
    """Wait for one that was told to end, not for ever."""
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


class Browser:
    """Use it in a `with`. Every request of a page but its own document is in `requests`, every message of its console in `console`."""

    def __init__(self, timeout=120):
        self.requests, self.console, self.number, self.timeout = [], [], 0, timeout

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(prefix='tanhe-browser-', ignore_cleanup_errors=True)
        ours_in, theirs_out = os.pipe()
        theirs_in, ours_out = os.pipe()

        def pipes():
            low, high = os.dup(theirs_in), os.dup(theirs_out)  # neither may be 3 or 4 when these are taken
            os.dup2(low, 3)
            os.dup2(high, 4)
        self.process = subprocess.Popen(['chromium', '--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run', '--disable-background-networking',
                                         f'--user-data-dir={self.folder.name}', '--remote-debugging-pipe', '--lang=zh-CN', 'about:blank'],
                                        preexec_fn=pipes, close_fds=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(theirs_in)
        os.close(theirs_out)
        self.reader, self.writer = os.fdopen(ours_in, 'rb'), os.fdopen(ours_out, 'wb')
        self.rest, self.session = b'', None
        target = next(t for t in self.ask('Target.getTargets')['targetInfos'] if t['type'] == 'page')
        self.session = self.ask('Target.attachToTarget', targetId=target['targetId'], flatten=True)['sessionId']
        for domain in ('Page', 'Runtime', 'Network', 'Log', 'DOM'):
            self.ask(domain + '.enable')
        return self

    def __exit__(self, *_):
        self.writer.close()
        end(self.process)
        self.reader.close()
        self.folder.cleanup()

    def ask(self, method, **params):
        """One command; its result."""
        number = self.tell(method, params)
        while True:
            answer = self.hear()
            if answer.get('id') == number:
                if 'error' in answer:
                    raise RuntimeError(f'{method}: {answer["error"]}')
                return answer['result']

    def tell(self, method, params):
        self.number += 1
        message = {'id': self.number, 'method': method, 'params': params}
        if self.session:
            message['sessionId'] = self.session
        self.writer.write(json.dumps(message).encode() + b'\0')
        self.writer.flush()
        return self.number

    def hear(self):
        while b'\0' not in self.rest:
            more = os.read(self.reader.fileno(), 1 << 20)
            if not more:
                raise RuntimeError('the browser has ended')
            self.rest += more
        text, self.rest = self.rest.split(b'\0', 1)
        event = json.loads(text)
        params = event.get('params', {})
        if event.get('method') == 'Network.requestWillBeSent' and not params['request']['url'].startswith(('blob:', 'data:')):
            self.requests.append(params['request']['url'])
        elif event.get('method') == 'Runtime.consoleAPICalled':
            self.console.append(' '.join(str(a.get('value', a.get('description', ''))) for a in params['args']))
        elif event.get('method') == 'Runtime.exceptionThrown':
            self.console.append(params['exceptionDetails'].get('exception', {}).get('description', 'exception'))
        elif event.get('method') == 'Page.javascriptDialogOpening':
            self.tell('Page.handleJavaScriptDialog', {'accept': True})
        elif event.get('method') == 'Log.entryAdded':
            self.console.append(params['entry']['text'])
        return event

    def open(self, url, width=1280, height=900, dark=False):
        self.requests, self.console = [], []
        self.ask('Emulation.setDeviceMetricsOverride', width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.ask('Emulation.setEmulatedMedia', features=[{'name': 'prefers-color-scheme', 'value': 'dark' if dark else 'light'}])
        self.ask('Page.navigate', url=url)
        while self.hear().get('method') != 'Page.loadEventFired':
            pass

    def script(self, text):
        """The value of a script, when its promise is kept."""
        answer = self.ask('Runtime.evaluate', expression=text, awaitPromise=True, returnByValue=True)
        if 'exceptionDetails' in answer:
            raise RuntimeError(str(answer['exceptionDetails'].get('exception', {}).get('description', answer['exceptionDetails'])))
        return answer['result'].get('value')

    def give(self, selector, *paths):
        """Choose files in an input."""
        root = self.ask('DOM.getDocument')['root']['nodeId']
        node = self.ask('DOM.querySelector', nodeId=root, selector=selector)['nodeId']
        self.ask('DOM.setFileInputFiles', nodeId=node, files=[os.path.abspath(p) for p in paths])

    def drop(self, x, y, *paths):
        data = {'items': [], 'files': [os.path.abspath(p) for p in paths], 'dragOperationsMask': 1}
        for kind in ('dragEnter', 'dragOver', 'drop'):
            self.ask('Input.dispatchDragEvent', type=kind, x=x, y=y, data=data)

    def picture(self, path, whole=False):
        """Of what is seen, or of the whole page."""
        with open(path, 'wb') as f:
            f.write(base64.b64decode(self.ask('Page.captureScreenshot', format='png', captureBeyondViewport=whole)['data']))
