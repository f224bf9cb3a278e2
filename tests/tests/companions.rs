//! Compose files and workflows: the keys that their forms know, and what hangs together in them.
//!
//! No schema is kept here; these are the parts of compose-spec and of GitHub's workflows that our files
//! and the guide use, read from their documentation.

use saphyr::{LoadableYamlNode, Yaml};

const COMPOSE: &str = "name services networks volumes configs secrets include";
const SERVICE: &str = "annotations attach build cap_add cap_drop command configs container_name \
    depends_on deploy develop dns entrypoint env_file environment expose extends extra_hosts \
    group_add healthcheck hostname image init ipc labels links logging mem_limit network_mode \
    networks pid pids_limit platform ports privileged profiles pull_policy read_only restart secrets \
    security_opt shm_size stdin_open stop_grace_period stop_signal sysctls tmpfs tty ulimits user \
    volumes working_dir";
const BUILD: &str = "additional_contexts args cache_from cache_to context dockerfile \
    dockerfile_inline labels network no_cache platforms pull secrets ssh tags target";
const HEALTH: &str = "disable interval retries start_interval start_period test timeout";
const WORKFLOW: &str = "name run-name on permissions env defaults concurrency jobs";
const JOB: &str = "name needs permissions runs-on environment concurrency outputs env defaults if \
    steps timeout-minutes strategy continue-on-error container services uses with secrets";
const STEP: &str = "id if name uses run working-directory shell with env continue-on-error \
    timeout-minutes";

/// The documents of a text.
pub fn documents(text: &str) -> Result<Vec<Yaml<'_>>, String> {
    Yaml::load_from_str(text).map_err(|error| error.to_string())
}

/// The keys of a mapping.
pub fn keys(node: &Yaml<'_>) -> Result<Vec<String>, String> {
    let mapping = node.as_mapping().ok_or("a mapping is expected")?;
    let text = |key: &Yaml<'_>| key.as_str().map(str::to_owned).ok_or("a key is no text");
    mapping.keys().map(text).collect::<Result<_, _>>().map_err(str::to_owned)
}

/// That a mapping has no other keys than those.
pub fn only(node: &Yaml<'_>, allowed: &str, what: &str) -> Result<(), String> {
    let known = |key: &String| allowed.split_ascii_whitespace().any(|known| known == key);
    match keys(node)?.into_iter().find(|key| !known(key)) {
        Some(key) => Err(format!("`{key}` is no key of {what}")),
        None => Ok(()),
    }
}

/// What is wrong with a document, by what it is: a compose file, a workflow, or steps of one.
pub fn check(document: &Yaml<'_>) -> Result<(), String> {
    if let Some(steps) = document.as_sequence() {
        return steps.iter().try_for_each(step);
    }
    match keys(document)?.iter().map(String::as_str).find(|key| matches!(*key, "jobs" | "services"))
    {
        Some("jobs") => workflow(document),
        Some(_) => compose(document),
        None => Err("neither a compose file nor a workflow".to_owned()),
    }
}

/// Names that a list or a mapping gives, as `depends_on` does.
fn names(node: &Yaml<'_>) -> Result<Vec<String>, String> {
    match node.as_sequence() {
        Some(list) => list
            .iter()
            .map(|name| name.as_str().map(str::to_owned).ok_or_else(|| "a name is no text".into()))
            .collect(),
        None => keys(node),
    }
}

/// Services have an image or are built, and name volumes that are there.
pub fn compose(file: &Yaml<'_>) -> Result<(), String> {
    only(file, COMPOSE, "a compose file")?;
    let declared = |kind: &str| file.as_mapping_get(kind).map(keys).transpose();
    let volumes = declared("volumes")?.unwrap_or_default();
    let secrets = declared("secrets")?.unwrap_or_default();
    for (name, service) in file["services"].as_mapping().ok_or("services is no mapping")? {
        let name = name.as_str().ok_or("a service has no name")?;
        let at = |error: String| format!("{name}: {error}");
        only(service, SERVICE, "a service").map_err(at)?;
        let has = |key: &str| service.as_mapping_get(key);
        if has("image").is_none() && has("build").is_none() {
            return Err(at("it has neither an image nor a build".to_owned()));
        }
        if let Some(build) = has("build").filter(|build| build.as_mapping().is_some()) {
            only(build, BUILD, "a build").map_err(at)?;
        }
        if let Some(health) = has("healthcheck") {
            only(health, HEALTH, "a health check").map_err(at)?;
        }
        if let Some(waits) = has("depends_on") {
            names(waits).map_err(at)?;
            let conditions = waits.as_mapping().into_iter().flatten();
            for (other, how) in conditions {
                let condition = how["condition"].as_str().unwrap_or_default();
                let known =
                    ["service_started", "service_healthy", "service_completed_successfully"];
                if !known.contains(&condition) {
                    return Err(at(format!("{other:?} has no condition `{condition}`")));
                }
                // A service that is described elsewhere may have its check there.
                let there = file["services"].as_mapping_get(other.as_str().unwrap_or_default());
                let checked = |other: &Yaml<'_>| other.as_mapping_get("healthcheck").is_some();
                if condition == "service_healthy" && there.is_some_and(|other| !checked(other)) {
                    return Err(at(format!("{other:?} has no health check")));
                }
            }
        }
        for volume in has("volumes").and_then(Yaml::as_sequence).into_iter().flatten() {
            let Some(volume) = volume.as_str() else { continue };
            let source = volume.split(':').next().unwrap_or_default();
            let is_path = source.starts_with(['.', '/', '~', '$']);
            if !is_path && !volumes.iter().any(|volume| volume == source) {
                return Err(at(format!("no volume `{source}` is declared")));
            }
        }
        for secret in has("secrets").map(names).transpose().map_err(at)?.unwrap_or_default() {
            if !secrets.contains(&secret) {
                return Err(at(format!("no secret `{secret}` is declared")));
            }
        }
    }
    Ok(())
}

/// Jobs have steps, and each of them either runs a script or uses an action of some version.
pub fn workflow(file: &Yaml<'_>) -> Result<(), String> {
    only(file, WORKFLOW, "a workflow")?;
    let starts = |key: &str| file.as_mapping_get(key).is_some();
    // YAML 1.1 reads a bare `on` as true; 1.2, which GitHub follows, does not.
    if !starts("on") {
        return Err("nothing starts it".to_owned());
    }
    let jobs = file["jobs"].as_mapping().ok_or("jobs is no mapping")?;
    for (name, job) in jobs {
        let at = |error: String| format!("{}: {error}", name.as_str().unwrap_or_default());
        only(job, JOB, "a job").map_err(at)?;
        if job.as_mapping_get("uses").is_some() {
            continue;
        }
        if job.as_mapping_get("runs-on").is_none() {
            return Err(at("nothing says where it runs".to_owned()));
        }
        if let Some(needs) = job.as_mapping_get("needs") {
            let needed = match needs.as_str() {
                Some(one) => vec![one.to_owned()],
                None => names(needs).map_err(at)?,
            };
            let there = keys(&file["jobs"])?;
            if let Some(missing) = needed.iter().find(|needed| !there.contains(needed)) {
                return Err(at(format!("there is no job `{missing}`")));
            }
        }
        let steps = job.as_mapping_get("steps").and_then(Yaml::as_sequence);
        let steps = steps.ok_or_else(|| at("it has no steps".to_owned()))?;
        steps.iter().try_for_each(step).map_err(at)?;
    }
    Ok(())
}

fn step(step: &Yaml<'_>) -> Result<(), String> {
    only(step, STEP, "a step")?;
    let text = |key: &str| step.as_mapping_get(key).and_then(Yaml::as_str);
    match (text("uses"), text("run")) {
        (Some(action), None) => {
            let local = action.starts_with("./") || action.starts_with("docker://");
            let version = action.split_once('@').map_or("", |(_, version)| version);
            match local || version.contains(|ch: char| ch.is_ascii_digit()) {
                true => Ok(()),
                false => Err(format!("`{action}` names no version")),
            }
        }
        (None, Some(_)) if step.as_mapping_get("with").is_none() => Ok(()),
        (None, Some(_)) => Err("`with` is for actions".to_owned()),
        _ => Err("a step has one of `uses` and `run`".to_owned()),
    }
}

#[test]
fn a_wrong_companion_is_found() {
    let wrong = [
        "jobs: {}\n",
        "on: push\njobs:\n  a:\n    steps: []\n",
        "on: push\njobs:\n  a:\n    runs-on: x\n",
        "on: push\njobs:\n  a:\n    runs-on: x\n    needs: b\n    steps: []\n",
        "on: push\njobs:\n  a:\n    runs-on: x\n    steps: [{uses: a/b@v1, run: c}]\n",
        "on: push\njobs:\n  a:\n    runs-on: x\n    steps: [{uses: a/b}]\n",
        "on: push\njobs:\n  a:\n    runs-on: x\n    steps: [{run: c, with: {}}]\n",
        "- run: a\n  image: b\n",
        "services:\n  a: {}\n",
        "services:\n  a:\n    image: b\n    port: []\n",
        "services:\n  a:\n    build: {contexts: .}\n",
        "services:\n  a:\n    image: b\n    volumes: ['data:/data']\n",
        "services:\n  a:\n    image: b\n    depends_on: {c: {condition: healthy}}\n",
        "services:\n  a:\n    image: b\n    depends_on: {a: {condition: service_healthy}}\n",
        "services:\n  a:\n    image: b\n    secrets: [c]\n",
        "image: a\n",
    ];
    for text in wrong {
        let documents = documents(text).expect("YAML");
        assert!(check(&documents[0]).is_err(), "{text}");
    }
}
