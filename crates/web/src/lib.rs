//! The page: a Yew application over the engine.
