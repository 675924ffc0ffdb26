//! Templates and assets as data: a folder of `themes/` over the default that the program carries.
