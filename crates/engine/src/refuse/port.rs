//! EXPOSE: ports, ranges and protocols. Follows `convert_expose.go`.

use crate::model::Step;
use crate::suggest::nearest;
use crate::syntax::{Port, Refusal, RefusalKind, Word};

const PROTOCOLS: [&str; 3] = ["tcp", "udp", "sctp"];

/// Checks the words of an EXPOSE.
pub(super) fn check(step: &Step<'_>, words: &[Word], found: &mut Vec<Refusal>) {
    for word in words {
        // A variable may hold several ports, and an empty one holds none.
        let Some(text) = step.text(word) else { continue };
        found.extend(text.split_whitespace().find_map(|port| check_one(word, port)));
    }
}

fn check_one(word: &Word, text: &str) -> Option<Refusal> {
    let refuse = |message: String| Some(Refusal::new(RefusalKind::Port, word.span, message));
    let Port { address, host, container: port, protocol } = Port::parse(text);
    if port.is_empty() {
        return refuse(format!("`{text}` names no port"));
    }
    let lower = protocol.to_ascii_lowercase();
    if !protocol.is_empty() && !PROTOCOLS.contains(&lower.as_str()) {
        let message = format!("`{protocol}` is no protocol of EXPOSE: tcp, udp or sctp");
        let refusal = Refusal::new(RefusalKind::PortProtocol, word.span, message);
        let written = word.text == text;
        return Some(match nearest(protocol, PROTOCOLS).filter(|_| written) {
            Some(meant) => refusal.suggest(word.span, format!("{port}/{meant}")),
            None => refusal,
        });
    }
    if !address.is_empty() && !is_address(address) {
        return refuse(format!("`{address}` is no IP address"));
    }
    let Some(container) = Port::range(port) else {
        return refuse(format!("`{port}` is no port and no range of ports between 0 and 65535"));
    };
    if host.is_empty() {
        return None;
    }
    let Some(host) = Port::range(host) else {
        return refuse(format!("`{host}` is no port and no range of ports between 0 and 65535"));
    };
    if container.1 - container.0 != host.1 - host.0 && container.0 != container.1 {
        return refuse(format!("the two ranges of `{text}` are not equally long"));
    }
    None
}

fn is_address(text: &str) -> bool {
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    bare.parse::<std::net::IpAddr>().is_ok()
}
