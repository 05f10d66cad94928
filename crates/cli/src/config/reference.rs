//! What editors complete `snipcheck.toml` with, and the page of the manual: both are made of the types.

use super::*;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema, schema_for};
use serde_json::Value;
use snapbox::assert::DEFAULT_ACTION_ENV;
use snapbox::data::DataFormat;
use snapbox::{Assert, Data, file};
use std::borrow::Cow;
use std::fmt::Write;

impl JsonSchema for Amount {
    fn schema_name() -> Cow<'static, str> {
        "Amount".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["string", "integer"] })
    }
}

impl JsonSchema for Python {
    fn schema_name() -> Cow<'static, str> {
        "Python".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "anyOf": [{ "type": "string" }, generator.subschema_for::<Table>()] })
    }
}

/// A table of the keys of an object: name, how it is written, what it means.
fn table(keys: &Value, page: &mut String) {
    *page += "| key | value | |\n| --- | --- | --- |\n";
    for (name, key) in keys["properties"].as_object().unwrap() {
        let meaning = key["description"].as_str().unwrap_or_default();
        let meaning = meaning.replace('\n', " ");
        writeln!(page, "| `{name}` | {} | {meaning} |", value(key)).unwrap();
    }
    *page += "\n";
}

/// How a value is written.
fn value(key: &Value) -> &'static str {
    let text = key.to_string();
    match () {
        () if text.contains("Amount") => "text or number",
        () if text.contains("EngineName") => "text",
        () if text.contains("#/$defs/Python") => "text or table",
        () if text.contains("#/$defs/Rule") => "tables",
        () if text.contains("\"array\"") => "list of texts",
        () if text.contains("\"boolean\"") => "`true` or `false`",
        () if text.contains("\"integer\"") => "number",
        () => "text",
    }
}

fn page() -> String {
    let schema = schema_for!(Keys).to_value();
    let mut page = "\
# Configuration

`snipcheck.toml` is looked for in the current folder and upward; `--config FILE` names another one, and `snipcheck init`
writes a first one. An option on the command line stands above the file. What a `[[snippet]]` says stands above a guide's own
directives, and those above the limits that hold for all. Unknown keys are errors. Editors complete it with [the schema](snipcheck.schema.json): put
`#:schema https://…/docs/snipcheck.schema.json` in its first line.

<!-- Made of the types in crates/cli/src/config.rs: SNAPSHOTS=overwrite cargo test -p snipcheck reference -->

## The file

"
        .to_owned();
    table(&schema, &mut page);
    page += "## `[python]`\n\n";
    table(&schema["$defs"]["Table"], &mut page);
    page += "\
## `[[snippet]]`

For guides that one does not own. Each table holds for the snippets that its `match` names; in a guide of one's own, a
comment above the block says the same: `<!-- snipcheck: skip=\"needs a database\" -->`.

";
    table(&schema["$defs"]["Rule"], &mut page);
    page.trim_end().to_owned() + "\n"
}

#[test]
fn the_page_and_the_schema_are_those_of_the_types() {
    let assert = Assert::new().action_env(DEFAULT_ACTION_ENV);
    assert.eq(
        Data::text(page()),
        file!["../../../../docs/configuration.md"],
    );
    let schema = serde_json::to_string_pretty(&schema_for!(Keys)).unwrap() + "\n";
    let schema = Data::text(schema).coerce_to(DataFormat::Text);
    let kept = file!["../../../../docs/snipcheck.schema.json": Text];
    assert.eq(schema, kept);
}
