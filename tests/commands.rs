//! The binary against small guides: each file in `cmd/` is a session with what it must print, and so are the commands
//! of the book's first page.
//!
//! `TRYCMD=overwrite cargo test -p snipcheck --test commands` rewrites them; put `[..]` back where a
//! figure differs from run to run, and review the change.

#[test]
fn commands_print_what_they_must() {
    trycmd::TestCases::new()
        // Each session is to see what really happens.
        .env("SNIPCHECK_CACHE_DIR", "")
        .case(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../tests/cmd/*.trycmd"
        ))
        .case(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../docs/quick-start.md"
        ));
}
