import snipcheck

report = snipcheck.check_text("""
    >>> 6 * 7
    42
""", name="page.rst")

assert report.ok
for snippet in report.snippets:
    print(snippet.id, snippet.status, [one.verdict for one in snippet.expectations])
