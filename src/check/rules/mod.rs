//! The checks, one a file. The order here is the order of `explain`.

macro_rules! rules {
    ($($module:ident $constant:ident),* $(,)?) => {
        $(mod $module; pub use $module::CHECK as $constant;)*

        /// Every check.
        pub static ALL: &[&super::Check] = &[$(&$module::CHECK),*];
    };
}

rules! {
    role_exists ROLE_EXISTS,
    role_account ROLE_ACCOUNT,
    role_path ROLE_PATH,
    trust_document TRUST_DOCUMENT,
    trust_principal TRUST_PRINCIPAL,
    trust_action TRUST_ACTION,
    trust_condition TRUST_CONDITION,
    trust_deny TRUST_DENY,
    trust_source_account TRUST_SOURCE_ACCOUNT,
    trust_size TRUST_SIZE,
    confused_deputy CONFUSED_DEPUTY,
    other_principals OTHER_PRINCIPALS,
    fargate_partition FARGATE_PARTITION,
    managed_policy MANAGED_POLICY,
    permissions_boundary PERMISSIONS_BOUNDARY,
    permissions_deny PERMISSIONS_DENY,
    organization_policy ORGANIZATION_POLICY,
    shared_with_nodes SHARED_WITH_NODES,
    access_entry ACCESS_ENTRY,
    profile_health PROFILE_HEALTH,
    pod_permissions POD_PERMISSIONS,
}
