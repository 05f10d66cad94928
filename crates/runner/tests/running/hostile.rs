//! Snippets that do what they should not: each ends with its own outcome, and its neighbours do not notice.

use crate::support::{ENGINES, exit, outcomes, unit};
use snipcheck_core::{Exit, Limits, WorkUnit};
use std::fs;
use std::os::unix::net::UnixListener;
use std::process::Command;
use std::time::Duration;

const NEIGHBOUR: &str = "print('fine')";

/// What a snippet does, and how it may end (any of these).
const CASES: [(&str, &[&str]); 27] = [
    ("import os\nos._exit(7)", &["code 7"]),
    ("import os\nos.abort()", &["signal SIGABRT"]),
    ("import ctypes\nctypes.string_at(0)", &["signal SIGSEGV"]),
    ("while True: pass", &["timed out"]),
    ("import time\ntime.sleep(100)", &["timed out"]),
    (
        "import signal, time\nfor s in range(1, 65):\n    try: signal.signal(s, signal.SIG_IGN)\n    except (OSError, ValueError): pass\nwhile True: time.sleep(1)",
        &["timed out"],
    ),
    (
        "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)",
        &["timed out"],
    ),
    (
        "import os, signal\nfor s in (9, 15, 19, 11, 2):\n    try: os.kill(os.getppid(), s)\n    except OSError: pass\nprint('alive')",
        &["completed"],
    ),
    (
        "import os\ntry: os.kill(-1, 9)\nexcept OSError: print('nobody else')",
        &["completed"],
    ),
    (
        "import os, time\nif os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n        time.sleep(100)\n    os._exit(0)\nos.wait()",
        &["completed"],
    ),
    (
        "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass",
        &["timed out"],
    ),
    (
        "x = []\nwhile True: x.append(bytearray(10 ** 7))",
        &["completed", "limited: over its 512 MiB of memory"],
    ),
    ("x = 'a' * 10 ** 12", &["completed"]),
    (
        "import os\nfor fd in range(2000):\n    try: os.write(fd, b'garbage ' * 100)\n    except OSError: pass",
        &["completed"],
    ),
    (
        "import os\nos.closerange(0, 2000)",
        &["completed", "code 0"],
    ),
    ("import os\nos.close(1); os.close(2)", &["completed"]),
    (
        "while True: print('x' * 10000)",
        &["limited: over its 1 MiB of output"],
    ),
    (
        "import os\nwhile True: os.write(2, b'x' * 10000)",
        &["limited: over its 1 MiB of output"],
    ),
    ("input()", &["completed"]),
    (
        "import sys\nsys.setrecursionlimit(10 ** 9)\ndef f(): return [f()]\nf()",
        &["signal SIGSEGV", "completed", "timed out"],
    ),
    (
        "import threading\nwhile True:\n    try: threading.Thread(target=threading.Event().wait, daemon=True).start()\n    except RuntimeError: break",
        &["completed"],
    ),
    (
        "import threading, time\nthreading.Thread(target=time.sleep, args=(100,)).start()",
        &["timed out"],
    ),
    (
        "import atexit\n@atexit.register\ndef f():\n    while True: pass",
        &["timed out"],
    ),
    (
        "import sys\nsys.modules.clear()\nimport builtins\nbuiltins.print = None\nbuiltins.len = None\nsys.stdout = None",
        &["completed"],
    ),
    (
        "import os\nos.chdir('/')\nd = os.environ['HOME']\nfor n in range(3000):\n    os.mkdir(d + '/a'); os.chdir(d + '/a'); d = '.'",
        &["completed"],
    ),
    (
        "import os\nos.mkdir('d'); open('d/f', 'w').close(); os.chmod('d', 0)",
        &["completed"],
    ),
    (
        "with open('big', 'wb') as f:\n    while True: f.write(bytes(10 ** 7))",
        &[
            "limited: over its 512 MiB of memory",
            "limited: over its 512 MiB of disk",
        ],
    ),
];

#[test]
fn neighbours_do_not_notice() {
    let short = |code: &str, allowed: &[&str]| {
        let mut unit = unit(code);
        let seconds = if allowed.contains(&"timed out") {
            1
        } else {
            10
        };
        unit.limits = Limits {
            timeout: Duration::from_secs(seconds),
            memory_bytes: 512 << 20,
            ..unit.limits
        };
        unit
    };
    let mut units: Vec<WorkUnit> = Vec::new();
    for (code, allowed) in CASES {
        units.push(short(code, allowed));
        units.push(unit(NEIGHBOUR));
    }
    for engine in ENGINES {
        let (_, found) = outcomes(engine, &units);
        let mut wrong = Vec::new();
        for (pair, (code, allowed)) in found.chunks(2).zip(CASES) {
            let ended = exit(&pair[0].exit);
            if !allowed.contains(&ended.as_str()) {
                wrong.push(format!(
                    "--- {engine}: {ended}\n{code}\n{}{}\n",
                    pair[0].stdout.text.len(),
                    pair[0].stderr.text
                ));
            }
            if pair[1].exit != Exit::Completed || pair[1].stdout.text != "fine\n" {
                wrong.push(format!(
                    "--- {engine}: the neighbour {:?}\n{code}\n",
                    pair[1].exit
                ));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.concat());
    }
}

/// Tries to get at things outside, and prints what it got at.
const OUTSIDE: &str = "
import os, socket, ctypes
def attempt(name, act):
    try:
        act()
        print('REACHED', name)
    except Exception:
        pass
marker = 'MARKER'
for path in (marker, os.path.dirname(marker) + '/new', '/usr/new', '/etc/new', '/dev/shm/../new', '/proc/sys/kernel/core_pattern',
             '/proc/sysrq-trigger', '/dev/vda', '/dev/sda', '/dev/mem', '/proc/1/mem', '/proc/1/oom_score_adj'):
    attempt('write ' + path, lambda: open(path, 'a'))
for path in (marker, '/etc/shadow', os.path.expanduser('~root/.bashrc'), '/proc/1/environ', '/proc/1/mem'):
    attempt('read ' + path, lambda: open(path).read(1))
attempt('unlink', lambda: os.unlink(marker))
attempt('rename', lambda: os.rename(marker, marker + '2'))
attempt('chmod', lambda: os.chmod(marker, 0))
attempt('list', lambda: os.listdir(os.path.dirname(marker)))
attempt('link', lambda: os.link(marker, 'link'))
os.symlink(marker, 'symbolic')
attempt('symlink', lambda: open('symbolic').read())
attempt('root', lambda: os.chroot('.'))
attempt('setuid', lambda: os.setuid(12345))
attempt('nice', lambda: os.nice(-5))
attempt('mknod', lambda: os.mknod('device', 0o60600, os.makedev(254, 0)))
attempt('tcp', lambda: socket.create_connection(('192.0.2.1', 80), timeout=0.5))
def checked(answer):
    if answer != 0: raise OSError
libc = ctypes.CDLL(None)
attempt('mount', lambda: checked(libc.mount(b'none', b'/', None, 32 | 4096, None)))
attempt('umount', lambda: checked(libc.umount2(b'/tmp', 2)))
attempt('ptrace', lambda: checked(libc.ptrace(16, 1, 0, 0)))
attempt('sethostname', lambda: checked(libc.sethostname(b'x', 1)))
attempt('namespace', lambda: (checked(libc.unshare(0x10020000)), checked(libc.mount(b'x', b'/tmp', b'tmpfs', 0, None))))
print('SECRET' in os.environ)
";

#[test]
fn nothing_outside_is_reached() {
    let folder = tempfile::tempdir().unwrap();
    let marker = folder.path().join("marker");
    fs::write(&marker, "untouched").unwrap();
    let code = OUTSIDE.replace("MARKER", marker.to_str().unwrap());
    for engine in ENGINES {
        let (info, found) = outcomes(engine, &[unit(&code)]);
        assert!(
            info.sandbox.level >= 2,
            "the tests need a sandbox: {:?}",
            info.sandbox
        );
        assert_eq!(
            found[0].stdout.text, "False\n",
            "{engine} {}",
            found[0].stderr.text
        );
        assert_eq!(fs::read_to_string(&marker).unwrap(), "untouched");
    }
}

/// Programs that listen on a socket would do things for whoever asks, and no rule for files covers that.
#[test]
fn nobody_outside_is_asked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("socket");
    let listener = UnixListener::bind(&path).unwrap();
    listener.set_nonblocking(true).unwrap();
    let code = format!(
        "import socket\ns = socket.socket(socket.AF_UNIX)\ntry:\n    s.connect({path:?})\n    print('REACHED')\nexcept OSError:\n    print('nobody')"
    );
    for engine in ENGINES {
        let (info, found) = outcomes(engine, &[unit(&code)]);
        assert!(
            info.sandbox.level >= 3,
            "this needs mounts of its own: {:?}",
            info.sandbox
        );
        assert_eq!(found[0].stdout.text, "nobody\n");
        assert!(listener.accept().is_err());
    }
}

#[test]
fn nothing_outlives_it() {
    let name = format!("snipcheck-outlives-{}", std::process::id());
    let code = format!(
        "import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)', '{name}'], start_new_session=True)"
    );
    for engine in ENGINES {
        let (_, found) = outcomes(engine, &[unit(&code)]);
        assert_eq!(
            found[0].notes,
            ["processes that it started were still running at its end"]
        );
        let processes = Command::new("ps").args(["-eo", "args"]).output().unwrap();
        assert!(!String::from_utf8_lossy(&processes.stdout).contains(&name));
    }
}
