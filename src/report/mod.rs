//! Diagnostics as people and machines read them: human, JSON, GitHub, SARIF.
