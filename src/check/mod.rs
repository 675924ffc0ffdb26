//! What one file cannot know: one file a rule, each from the catalog to diagnostics.
