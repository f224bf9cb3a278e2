//! Fixes that install a package: what several rules propose.

use crate::catalog::PackageManager;

/// The RUN that installs packages; `None` for managers that nobody wrote one for.
pub(super) fn install(manager: PackageManager, packages: &str) -> Option<String> {
    match manager {
        PackageManager::Apk => Some(format!("RUN apk add --no-cache {packages}")),
        PackageManager::Apt => Some(format!(
            "RUN apt-get update && apt-get install -y --no-install-recommends {packages} && rm -rf /var/lib/apt/lists/*"
        )),
        _ => None,
    }
}
