# What leaves on the private descriptor, and the streams that tell it what is written.


class Reporter:
    """The private descriptor, and the text that waits for more from the same lines."""

    current = None

    def __init__(self, file):
        Reporter.current = self
        self.file = file
        self.descriptor = self.nonce = self.process = None
        self.recording = False
        self.budget = EVENT_BUDGET
        self.pending = None
        self.streams = {}  # by id, what they are called
        self.muted = {}  # by thread, the innermost that throws away what it writes
        self.lock = _thread.RLock()

    def send(self, kind, content):
        """Sends one record, after the text that was written before it."""
        if _getpid() != self.process:
            return
        with self.lock:
            self.flush()
            self._put(kind, content)

    def event(self, name, **fields):
        if self.recording:
            fields["event"] = name
            self.send("event", fields)

    def _put(self, kind, content):
        body = "".join(_encode({kind: content}, 0)).encode("utf-8", "replace")
        data = b"%s %d\n%s\n" % (self.nonce, _len(body), body)
        try:
            while data:
                data = data[_os_write(self.descriptor, data) :]
        except OSError:
            pass  # the snippet closed it: how it ends still shows

    def flush(self):
        pending, self.pending = self.pending, None
        if pending:
            stream, lines, texts = pending
            text = "".join(texts)
            fields = {"event": "write", "stream": stream, "text": text, "lines": lines}
            self._put("event", fields)

    def wrote(self, to, text, frame):
        """Notes which guide lines were being executed when `text` was written."""
        stream = self.streams.get(id(to))
        if not self.recording or not text or self.budget <= 0 or stream is None or _getpid() != self.process:
            return
        lines = self.lines(frame)
        with self.lock:
            self.budget -= _len(text)
            if self.pending and (self.pending[0] != stream or self.pending[1] != lines):
                self.flush()
            if self.pending:
                self.pending[2].append(text)
            else:
                self.pending = (stream, lines, [text])
            if text[-1] == "\n" or _len(text) > 4096:
                self.flush()

    def lines(self, frame):
        """The guide lines of all frames from `frame` outwards."""
        found = {}
        while frame is not None:
            if frame.f_code.co_filename == self.file and frame.f_lineno:
                found[frame.f_lineno] = None
            frame = frame.f_back
        return _list(found)


class Muted:
    """Throws away what this thread writes to the standard streams."""

    def __init__(self, reporter):
        self.muted = reporter.muted
        self.swallowed = False

    def __enter__(self):
        self.outer = self.muted.get(_ident())
        self.muted[_ident()] = self

    def __exit__(self, *_):
        if self.outer is None:
            self.muted.pop(_ident(), None)
        else:
            self.muted[_ident()] = self.outer


class Stream(io.TextIOWrapper):
    """A text stream on a standard descriptor that also tells the reporter of this process what is written."""

    __module__ = "_io"
    __slots__ = ()

    def write(self, text):
        reporter = Reporter.current
        muted = reporter.muted.get(_ident()) if reporter.muted else None
        if muted is not None:
            muted.swallowed = True
            return _len(text)
        count = _text_write(self, text)
        try:
            reporter.wrote(self, text, _getframe(1))
        except RecursionError:
            pass  # written all the same, where plain Python had room for it
        return count

    def __repr__(self):  # 3.13 takes the name without the module
        return _text_repr(self).replace("<TextIOWrapper", "<_io.TextIOWrapper", 1)


# What a snippet sees of it.
Stream.__name__ = Stream.__qualname__ = "TextIOWrapper"
Stream.__doc__ = io.TextIOWrapper.__doc__


def make_stream(reporter, descriptor, name, errors):
    raw = io.FileIO(descriptor, "w", closefd=False)
    raw.name = name
    stream = Stream(
        io.BufferedWriter(raw), encoding="utf-8", errors=errors, newline="\n", line_buffering=True
    )
    stream.mode = "w"
    reporter.streams[id(stream)] = "out" if descriptor == 1 else "err"
    return stream
