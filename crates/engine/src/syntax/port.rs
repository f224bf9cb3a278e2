//! The words of EXPOSE: `[[address:]host:]container[/protocol]`. Follows `convert_expose.go`.

/// One port, or range of ports, taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Port<'t> {
    /// The IP address of the host; empty where there is none.
    pub address: &'t str,
    /// The port of the host; empty where there is none.
    pub host: &'t str,
    /// The port of the container, or `first-last`.
    pub container: &'t str,
    /// The protocol as written; empty where there is none.
    pub protocol: &'t str,
}

impl<'t> Port<'t> {
    /// Takes one word apart as BuildKit does. Never fails; what is missing is empty.
    pub fn parse(text: &'t str) -> Self {
        let (address, host, rest) = match text.rsplit_once(':') {
            None => ("", "", text),
            Some((before, rest)) => match before.rsplit_once(':') {
                None => ("", before, rest),
                Some((address, host)) => (address, host, rest),
            },
        };
        let (container, protocol) = rest.split_once('/').unwrap_or((rest, ""));
        Self { address, host, container, protocol }
    }

    /// Whether it names an address or a port of the host.
    pub fn maps_host(&self) -> bool {
        !self.address.is_empty() || !self.host.is_empty()
    }

    /// First and last port of a range, or the same port twice; `None` where that is none.
    pub fn range(text: &str) -> Option<(u32, u32)> {
        let number = |text: &str| {
            let digits = text.strip_prefix('+').unwrap_or(text);
            digits.parse::<u32>().ok().filter(|port| *port <= 65535)
        };
        let (start, end) = match text.split_once('-') {
            Some((start, end)) => (number(start)?, number(end)?),
            None => (number(text)?, number(text)?),
        };
        (start <= end).then_some((start, end))
    }
}
