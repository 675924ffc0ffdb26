//! `sitemap.xml`, by the protocol of sitemaps.org, version 0.9.

use super::xml::escape;

/// The addresses as a sitemap. There is no `lastmod`: the content does not say when it changed.
pub fn write(addresses: &[String]) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for address in addresses {
        xml.push_str("<url><loc>");
        xml.push_str(&escape(address));
        xml.push_str("</loc></url>\n");
    }
    xml.push_str("</urlset>\n");
    xml
}

#[cfg(test)]
mod tests {
    use super::write;

    #[test]
    fn addresses_are_escaped() {
        let xml = write(&["https://example.org/a&b".to_owned()]);
        assert!(xml.contains("<loc>https://example.org/a&amp;b</loc>"));
    }
}
