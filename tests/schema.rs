//! The schema of the JSON report is that of the types.
//!
//! `SNAPSHOTS=overwrite cargo test -p snipcheck --test schema` writes it anew. A change of meaning also
//! raises `SCHEMA_VERSION`.

use snapbox::{Assert, IntoJson, file};
use snipcheck_core::{Report, SCHEMA_VERSION};

#[test]
fn the_schema_file_is_that_of_the_types() {
    let schema = schemars::schema_for!(Report).to_value();
    assert_eq!(SCHEMA_VERSION, 1, "the file's name carries the version");
    Assert::new()
        .action_env(snapbox::assert::DEFAULT_ACTION_ENV)
        .eq(
            schema.into_json(),
            file!["../docs/report-1.schema.json": Json],
        );
}
