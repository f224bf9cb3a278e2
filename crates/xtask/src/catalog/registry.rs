//! Asks a registry how many bytes an image's layers have, by the distribution protocol.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// Forms of manifests, lists of them first.
const ACCEPT: &str = "application/vnd.oci.image.index.v1+json, \
    application/vnd.docker.distribution.manifest.list.v2+json, \
    application/vnd.oci.image.manifest.v1+json, \
    application/vnd.docker.distribution.manifest.v2+json";

/// What a server answered.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// Status of HTTP.
    pub status: u16,
    /// The header `WWW-Authenticate`, empty where there is none.
    pub challenge: String,
    /// The body.
    pub body: String,
}

/// The one thing that needs a network.
pub trait Http {
    /// Asks for `url`; an error means that nobody answered.
    fn get(&self, url: &str, accept: &str, token: Option<&str>) -> Result<Answer>;
}

/// The real network.
pub struct Network(ureq::Agent);

impl Network {
    /// An agent that gives up after half a minute and takes error statuses as answers.
    pub fn new() -> Self {
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(Duration::from_secs(30)))
            .http_status_as_error(false)
            .user_agent("dockerfile-playground catalog refresh")
            .build();
        Self(config.into())
    }
}

impl Http for Network {
    fn get(&self, url: &str, accept: &str, token: Option<&str>) -> Result<Answer> {
        let mut request = self.0.get(url).header("Accept", accept);
        if let Some(token) = token {
            request = request.header("Authorization", format!("Bearer {token}"));
        }
        let mut response = request.call()?;
        let challenge = response.headers().get("www-authenticate");
        let challenge =
            challenge.and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
        let status = response.status().as_u16();
        Ok(Answer { status, challenge, body: response.body_mut().read_to_string()? })
    }
}

/// Where an image lies.
#[derive(Debug, PartialEq, Eq)]
pub struct Place {
    /// Host of the registry.
    pub host: String,
    /// Repository in it.
    pub repository: String,
    /// Tag, or digest.
    pub tag: String,
}

/// Host and prefix that stand for references without a registry.
pub struct Fallback<'a> {
    /// Its host.
    pub host: &'a str,
    /// What stands before names of one word.
    pub library: &'a str,
}

impl Place {
    /// Reads a reference as it stands in a Dockerfile.
    pub fn new(reference: &str, default: &Fallback<'_>) -> Self {
        let (name, tag) = match reference.rsplit_once(':') {
            Some((name, tag)) if !tag.contains('/') => (name, tag),
            _ => (reference, "latest"),
        };
        let (host, repository) = match name.split_once('/') {
            Some((host, rest)) if host.contains(['.', ':']) || host == "localhost" => {
                (host, rest.to_owned())
            }
            Some(_) => (default.host, name.to_owned()),
            None => (default.host, format!("{}{name}", default.library)),
        };
        Self { host: host.to_owned(), repository, tag: tag.to_owned() }
    }
}

/// Bytes of all layers, by architecture.
pub type Layers = BTreeMap<String, u64>;

/// A session with registries; remembers the tokens that they gave out.
pub struct Registries<'h> {
    http: &'h dyn Http,
    tokens: RefCell<BTreeMap<String, String>>,
}

impl<'h> Registries<'h> {
    /// A session over some network.
    pub fn new(http: &'h dyn Http) -> Self {
        Self { http, tokens: RefCell::default() }
    }

    /// Bytes of all layers for each of the architectures that the image has.
    pub fn layers(&self, place: &Place, architectures: &[&str]) -> Result<Layers> {
        let answer = self.json(place, &format!("manifests/{}", place.tag))?;
        let Some(list) = answer["manifests"].as_array() else {
            // No list: one image, whose configuration tells for which platform it is.
            let digest =
                answer["config"]["digest"].as_str().context("no list and no configuration")?;
            let config = self.json(place, &format!("blobs/{digest}"))?;
            let architecture = config["architecture"].as_str().unwrap_or("amd64").to_owned();
            return Ok(Layers::from([(architecture, sum(&answer)?)]));
        };
        let mut layers = Layers::new();
        for architecture in architectures {
            let found = list.iter().find(|entry| {
                let platform = &entry["platform"];
                let variant = platform["variant"].as_str().unwrap_or_default();
                platform["os"] == "linux"
                    && platform["architecture"] == **architecture
                    && ["", "v8"].contains(&variant)
            });
            let Some(digest) = found.and_then(|entry| entry["digest"].as_str()) else { continue };
            let manifest = self.json(place, &format!("manifests/{digest}"))?;
            layers.insert((*architecture).to_owned(), sum(&manifest)?);
        }
        Ok(layers)
    }

    fn json(&self, place: &Place, path: &str) -> Result<Value> {
        let url = format!("https://{}/v2/{}/{path}", place.host, place.repository);
        let known = format!("{}/{}", place.host, place.repository);
        let token = self.tokens.borrow().get(&known).cloned();
        let mut answer = self.http.get(&url, ACCEPT, token.as_deref())?;
        if answer.status == 401 {
            let token = self.token(&answer.challenge, &place.repository)?;
            answer = self.http.get(&url, ACCEPT, Some(&token))?;
            self.tokens.borrow_mut().insert(known, token);
        }
        match answer.status {
            200 => serde_json::from_str(&answer.body).context("the answer is no JSON"),
            404 => bail!("there is no such image"),
            429 => bail!("too many questions; try again later"),
            status => bail!("the registry answered {status}"),
        }
    }

    /// A token for reading, from the server that the challenge names.
    fn token(&self, challenge: &str, repository: &str) -> Result<String> {
        let part = |key: &str| {
            let rest = challenge.split_once(&format!("{key}=\""))?.1;
            rest.split_once('"').map(|(value, _)| value)
        };
        let realm = part("realm").context("asks for a login that is not understood")?;
        if !realm.starts_with("https://") {
            bail!("asks for a login over an open line");
        }
        let service = part("service").unwrap_or_default();
        let url = format!("{realm}?service={service}&scope=repository:{repository}:pull");
        let answer = self.http.get(&url, "application/json", None)?;
        let json: Value = serde_json::from_str(&answer.body).context("the token is no JSON")?;
        let token = json["token"].as_str().or_else(|| json["access_token"].as_str());
        Ok(token.context("no token was given")?.to_owned())
    }
}

fn sum(manifest: &Value) -> Result<u64> {
    let layers = manifest["layers"].as_array().context("the manifest has no layers")?;
    let sizes = layers.iter().map(|layer| layer["size"].as_u64());
    sizes.sum::<Option<u64>>().context("a layer has no size")
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// Answers by URL; others are not reached.
    #[derive(Default)]
    pub struct Recorded(pub BTreeMap<&'static str, Answer>);

    impl Recorded {
        /// Adds an answer of status 200.
        pub fn with(mut self, url: &'static str, body: &str) -> Self {
            self.0.insert(url, Answer { status: 200, body: body.to_owned(), ..Answer::default() });
            self
        }
    }

    impl Http for Recorded {
        fn get(&self, url: &str, _: &str, token: Option<&str>) -> Result<Answer> {
            let answer = self.0.get(url).context("no route")?.clone();
            if !answer.challenge.is_empty() && token == Some("t") {
                return Ok(Answer { status: 200, ..answer });
            }
            Ok(answer)
        }
    }

    const HUB: Fallback<'static> = Fallback { host: "hub.test", library: "library/" };

    #[test]
    fn references_lead_to_their_registry() {
        let place = |reference| {
            let place = Place::new(reference, &HUB);
            format!("{} {} {}", place.host, place.repository, place.tag)
        };
        assert_eq!(place("alpine:3.20"), "hub.test library/alpine 3.20");
        assert_eq!(place("caddy"), "hub.test library/caddy latest");
        assert_eq!(place("grafana/grafana:11"), "hub.test grafana/grafana 11");
        assert_eq!(place("quay.test:443/a/b"), "quay.test:443 a/b latest");
    }

    #[test]
    fn a_list_leads_to_the_manifests_of_its_platforms() {
        let challenge = r#"Bearer realm="https://auth.test/token",service="hub""#;
        let mut http = Recorded::default()
            .with("https://auth.test/token?service=hub&scope=repository:library/x:pull", r#"{"token":"t"}"#)
            .with("https://hub.test/v2/library/x/manifests/1", r#"{"manifests":[
                {"digest":"sha256:a","platform":{"os":"linux","architecture":"amd64"}},
                {"digest":"sha256:b","platform":{"os":"linux","architecture":"arm","variant":"v7"}},
                {"digest":"sha256:c","platform":{"os":"linux","architecture":"arm64","variant":"v8"}},
                {"digest":"sha256:d","platform":{"os":"unknown","architecture":"unknown"}}]}"#)
            .with("https://hub.test/v2/library/x/manifests/sha256:a", r#"{"layers":[{"size":3},{"size":4}]}"#)
            .with("https://hub.test/v2/library/x/manifests/sha256:c", r#"{"layers":[{"size":5}]}"#);
        let list = http.0.get_mut("https://hub.test/v2/library/x/manifests/1").expect("recorded");
        (list.status, list.challenge) = (401, challenge.to_owned());
        let layers = Registries::new(&http)
            .layers(&Place::new("x:1", &HUB), &["amd64", "arm64"])
            .expect("both platforms");
        assert_eq!(layers, Layers::from([("amd64".to_owned(), 7), ("arm64".to_owned(), 5)]));
    }

    #[test]
    fn a_single_manifest_is_for_the_platform_of_its_configuration() {
        let http = Recorded::default()
            .with(
                "https://hub.test/v2/library/x/manifests/1",
                r#"{"config":{"digest":"sha256:c"},"layers":[{"size":9}]}"#,
            )
            .with("https://hub.test/v2/library/x/blobs/sha256:c", r#"{"architecture":"arm64"}"#);
        let layers = Registries::new(&http).layers(&Place::new("x:1", &HUB), &["amd64"]);
        assert_eq!(layers.expect("one"), Layers::from([("arm64".to_owned(), 9)]));
    }

    #[test]
    fn refusals_are_told() {
        let mut http = Recorded::default().with("https://hub.test/v2/library/x/manifests/1", "");
        for (status, message) in [(404, "no such image"), (429, "too many"), (500, "answered 500")]
        {
            http.0.values_mut().for_each(|answer| answer.status = status);
            let error = Registries::new(&http).layers(&Place::new("x:1", &HUB), &["amd64"]);
            let error = error.expect_err("refused").to_string();
            assert!(error.contains(message), "{error}");
        }
    }
}
