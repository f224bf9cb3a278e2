//! What search engines and chat programs read: robots.txt, the site map, and the card of a link.

use std::path::Path;

use anyhow::Result;

use super::headers::Page;
use super::{files, offline};

/// Pages that nobody is to find on their own.
const UNLISTED: [&str; 2] = ["404.html", "embed.html"];

/// Where a page of the guide wants its absolute address.
const CANONICAL: &str = "<!-- canonical -->";

/// `html` with the addresses that must be absolute; without an address there are none.
pub fn describe(html: &str, url: Option<&str>) -> String {
    let Some(url) = url else { return html.to_owned() };
    let tags = format!(
        "  <link rel=\"canonical\" href=\"{url}\">\n    \
         <meta property=\"og:url\" content=\"{url}\">\n    \
         <meta property=\"og:image\" content=\"{url}card.png\">\n    \
         <meta property=\"og:image:width\" content=\"1200\">\n    \
         <meta property=\"og:image:height\" content=\"630\">\n    \
         <meta name=\"twitter:card\" content=\"summary_large_image\">\n  "
    );
    html.replacen("</head>", &format!("{tags}</head>"), 1)
}

/// A static page with its absolute address, or with none where it is not known.
pub fn place(html: &str, name: &str, url: Option<&str>) -> String {
    let tag = match url {
        Some(url) => format!("<link rel=\"canonical\" href=\"{url}{}\">", offline::address(name)),
        None => String::new(),
    };
    html.replacen(CANONICAL, &tag, 1)
}

/// Writes robots.txt and, where the address is known, sitemap.xml.
pub fn write(dist: &Path, pages: &[Page], url: Option<&str>) -> Result<()> {
    let mut robots = String::from("User-agent: *\nAllow: /\nDisallow: /v/\n");
    if let Some(url) = url {
        robots.push_str(&format!("Sitemap: {url}sitemap.xml\n"));
        files::write(dist, "sitemap.xml", sitemap(pages, url))?;
    }
    files::write(dist, "robots.txt", robots)
}

fn sitemap(pages: &[Page], url: &str) -> String {
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for page in pages.iter().filter(|page| !UNLISTED.contains(&page.name.as_str())) {
        let address = offline::address(&page.name);
        text.push_str(&format!("  <url><loc>{url}{address}</loc></url>\n"));
    }
    text.push_str("</urlset>\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_site_map_lists_pages_by_their_address() {
        let page = |name: &str| Page { name: name.into(), policy: String::new() };
        let pages = [page("index.html"), page("guide/index.html"), page("404.html")];
        let text = sitemap(&pages, "https://example.org/a/");
        assert!(text.contains("<loc>https://example.org/a/</loc>"));
        assert!(text.contains("<loc>https://example.org/a/guide/</loc>"));
        assert!(!text.contains("404"));
    }

    #[test]
    fn a_static_page_has_its_own_address_or_none() {
        let place = |url| place("<head><!-- canonical --></head>", "guide/a/index.html", url);
        let tag = "<head><link rel=\"canonical\" href=\"https://x/guide/a/\"></head>";
        assert_eq!(place(Some("https://x/")), tag);
        assert_eq!(place(None), "<head></head>");
    }

    #[test]
    fn without_an_address_the_page_stays_as_it_is() {
        assert_eq!(describe("<head></head>", None), "<head></head>");
        assert!(describe("<head></head>", Some("https://x/")).contains("https://x/card.png"));
    }
}
