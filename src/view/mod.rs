//! What templates see: plain, serializable values. A documented, versioned contract with themes.
