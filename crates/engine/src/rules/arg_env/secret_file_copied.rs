//! Files with credentials that are copied into the image.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::syntax::{Body, Keyword};

pub const RULE: Rule = Rule {
    name: "secret-file-copied",
    aliases: &[],
    area: Area::ArgEnv,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Copy, Keyword::Add], check),
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    if !site.stage.is_some_and(|stage| stage.shipped) {
        return;
    }
    let (Body::Copy(copy) | Body::Add(copy)) = site.step.body() else { return };
    for source in &copy.sources {
        let Some(path) = site.step.text(source) else { continue };
        if let Some(what) = held_by(path) {
            let message =
                format!("`{path}` is for {what}, and whoever can pull the image can read it");
            cx.report(source.span, message);
        }
    }
}

/// What a file of that name is made to hold.
fn held_by(path: &str) -> Option<&'static str> {
    const FILES: [(&str, &str); 18] = [
        (".aws/credentials", "keys of AWS"),
        (".docker/config.json", "passwords of registries"),
        (".git-credentials", "passwords of Git"),
        (".kube/config", "keys of clusters"),
        (".netrc", "passwords"),
        (".npmrc", "the token of npm"),
        (".pgpass", "passwords of PostgreSQL"),
        (".pypirc", "the token of PyPI"),
        (".vault-token", "the token of Vault"),
        ("_netrc", "passwords"),
        ("application_default_credentials.json", "keys of Google Cloud"),
        ("id_dsa", "a private key"),
        ("id_ecdsa", "a private key"),
        ("id_ed25519", "a private key"),
        ("id_rsa", "a private key"),
        ("kubeconfig", "keys of clusters"),
        ("terraform.tfstate", "all that Terraform knows, secrets included"),
        (".gnupg", "private keys"),
    ];
    let path = path.trim_end_matches('/');
    let ends_with = |name: &str| {
        path.strip_suffix(name).is_some_and(|before| before.is_empty() || before.ends_with('/'))
    };
    let known = FILES.iter().find(|(name, _)| ends_with(name));
    known
        .map(|(_, what)| *what)
        .or_else(|| is_env_file(path).then_some("secrets of the environment"))
}

/// `.env`, `.env.production`, but not `.env.example`.
fn is_env_file(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    const STAGES: [&str; 8] =
        ["", "dev", "development", "local", "prod", "production", "secret", "staging"];
    match name.strip_prefix(".env") {
        Some("") => true,
        Some(rest) => rest.strip_prefix('.').is_some_and(|stage| STAGES.contains(&stage)),
        None => false,
    }
}
