//! What is seen. A component gets values and callbacks, and keeps no state of the domain.

pub mod announcer;
pub mod bases;
pub mod editor_bar;
pub mod examples_menu;
pub mod finding_details;
pub mod guide;
pub mod guide_page;
pub mod hover_card;
pub mod icons;
pub mod layers;
pub mod notice;
pub mod paper;
pub mod problems;
pub mod project_form;
pub mod prose;
pub mod separator;
pub mod share_menu;
pub mod size;
pub mod size_bar;
pub mod stage_graph;
pub mod stages;
pub mod status_line;
pub mod summary;
pub mod tabs;
pub mod toast;
pub mod toolbar;
