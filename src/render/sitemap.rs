//! Sitemaps and their index, by the protocol of sitemaps.org, version 0.9.

use super::xml::escape;
use crate::plan::Sitemap;

/// The file. There is no `lastmod`: the content does not say when it changed.
pub fn write(sitemap: &Sitemap) -> String {
    let (list, entry, addresses) = match sitemap {
        Sitemap::Pages(addresses) => ("urlset", "url", addresses),
        Sitemap::Index(addresses) => ("sitemapindex", "sitemap", addresses),
    };
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <{list} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for address in addresses.iter() {
        for part in ["<", entry, "><loc>", &escape(address), "</loc></", entry, ">\n"] {
            xml.push_str(part);
        }
    }
    for part in ["</", list, ">\n"] {
        xml.push_str(part);
    }
    xml
}

#[cfg(test)]
mod tests {
    use super::write;
    use crate::plan::Sitemap;

    #[test]
    fn addresses_are_escaped() {
        let addresses = || ["https://example.org/a&b".to_owned()].into();
        let pages = write(&Sitemap::Pages(addresses()));
        assert!(pages.ends_with("<url><loc>https://example.org/a&amp;b</loc></url>\n</urlset>\n"));
        let index = write(&Sitemap::Index(addresses()));
        assert!(index.ends_with(
            "<sitemap><loc>https://example.org/a&amp;b</loc></sitemap>\n</sitemapindex>\n"
        ));
    }
}
