//! Text to `Document`: front matter and Markdown apart, YAML as a tree whose every node has a place.
//!
//! Never fails: what cannot be read becomes a diagnostic. Knows YAML and Markdown, and nothing of
//! offerings. `serde_yaml` and `saphyr-parser` are used in this room alone.
