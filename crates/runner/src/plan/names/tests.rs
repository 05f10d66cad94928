use super::names;
use ruff_python_parser::parse_module;

#[test]
fn free_names() {
    let cases = [
        ("x = y\nprint(x)", "print y"),
        (
            "def f(a, *b, c=d, **e):\n    return a, b, c, e, f, g",
            "d g",
        ),
        ("def f():\n    return later\nlater = 1", ""),
        ("print(x)\nx = 1", "print x"),
        ("[a for a in b if c(a)]", "b c"),
        ("{k: v for k, v in items}\nk", "items k"),
        ("[y := f(x) for x in data]\ny", "data f"),
        (
            "class A:\n    n = 1\n    m = n\n    def f(self):\n        return n",
            "n",
        ),
        ("class A(B, metaclass=M): pass", "B M"),
        (
            "import os.path, json as j\nfrom a import b as c\nos, j, c, b",
            "b",
        ),
        ("from a import *\nanything", ""),
        (
            "try:\n    f()\nexcept E as e:\n    e\nfinally:\n    g",
            "E f g",
        ),
        ("with open(p) as (a, b):\n    a, b", "open p"),
        (
            "match v:\n    case [a, *r]:\n        a, r\n    case {'k': w, **z}:\n        w, z\n    case P(q=o) | o:\n        o",
            "P v",
        ),
        ("def f():\n    global n\n    n = 1\nf()\nn", ""),
        ("def f():\n    global n\n    n += 1", "n"),
        ("def f():\n    global n\n    m = n\n    n = m", "n"),
        ("def f():\n    global n\n    n += 1\nn = 0", ""),
        (
            "def f():\n    n = 1\n    def g():\n        nonlocal n\n        n += m\n    return g",
            "m",
        ),
        (
            "def f[T](x: T) -> T:\n    return x\ntype L[U] = list[U]",
            "list",
        ),
        ("x += 1", "x"),
        ("lambda a, b=c: a + b + d", "c d"),
        ("@deco\ndef f(x: int = y) -> Z: ...", "Z deco int y"),
        ("f'{a!r:>{b}}'", "a b"),
        ("del x", "x"),
        ("for i in range(3):\n    pass\ni", "range"),
        (
            "def f():\n    for i in j:\n        yield [i for k in i]\n",
            "j",
        ),
    ];
    for (code, free) in cases {
        let found = names(parse_module(code).unwrap().syntax());
        let found: Vec<&str> = found.free.keys().map(String::as_str).collect();
        assert_eq!(found.join(" "), free, "{code}");
    }
}

#[test]
fn top_level_awaits_and_changes() {
    let cases = [
        ("await f()", true, ""),
        ("async def g():\n    await f()", false, ""),
        ("async for x in y:\n    pass", true, ""),
        ("[x async for x in y]", true, ""),
        (
            "a.append(1)\nb[0].c = 2\nd += 1\ne.f()[0]\nprint(g.h())",
            false,
            "a b d",
        ),
    ];
    for (code, awaits, changed) in cases {
        let found = names(parse_module(code).unwrap().syntax());
        assert_eq!(found.awaits.is_some(), awaits, "{code}");
        let found: Vec<&str> = found.changed.iter().map(String::as_str).collect();
        assert_eq!(found.join(" "), changed, "{code}");
    }
}
