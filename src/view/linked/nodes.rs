//! Nodes of the graph, with the names that schema.org gives them.

use serde::Serialize;

#[derive(Serialize)]
pub(super) struct Graph<'g> {
    #[serde(rename = "@context")]
    pub context: &'static str,
    #[serde(rename = "@graph")]
    pub graph: Vec<Node<'g>>,
}

/// A node of the graph, or of another node.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Node<'g> {
    Organization(Organization<'g>),
    Site(Site<'g>),
    Breadcrumbs(Breadcrumbs<'g>),
    Course(Box<CourseNode<'g>>),
    Event(Box<EventNode<'g>>),
    Person(PersonNode<'g>),
    Place(PlaceNode<'g>),
}

/// A node that stands elsewhere in the graph.
#[derive(Clone, Serialize)]
pub(super) struct Reference {
    #[serde(rename = "@id")]
    pub id: String,
}

#[derive(Serialize)]
pub(super) struct Organization<'g> {
    #[serde(rename = "@type")]
    pub kind: &'static str,
    #[serde(rename = "@id")]
    pub id: String,
    pub name: &'g str,
    pub url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logo: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<&'g str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub telephone: Option<&'g str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Site<'g> {
    #[serde(rename = "@type")]
    pub kind: &'static str,
    #[serde(rename = "@id")]
    pub id: String,
    pub name: &'g str,
    pub url: String,
    pub in_language: &'g str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<&'g str>,
    pub publisher: Reference,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Breadcrumbs<'g> {
    #[serde(rename = "@type")]
    pub kind: &'static str,
    pub item_list_element: Vec<Crumb<'g>>,
}

#[derive(Serialize)]
pub(super) struct Crumb<'g> {
    #[serde(rename = "@type")]
    pub kind: &'static str,
    pub position: usize,
    pub name: &'g str,
    pub item: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CourseNode<'g> {
    #[serde(rename = "@type")]
    pub kind: &'static str,
    #[serde(rename = "@id")]
    pub id: String,
    pub name: &'g str,
    pub description: &'g str,
    pub url: &'g str,
    pub in_language: &'g str,
    pub image: String,
    pub provider: Reference,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub teaches: Vec<&'g str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub about: Vec<&'g str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub course_prerequisites: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub educational_credential_awarded: Vec<&'g str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_accessible_for_free: Option<bool>,
    pub audience: Audience,
    pub has_course_instance: Vec<Reference>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Audience {
    #[serde(rename = "@type")]
    pub kind: &'static str,
    pub audience_type: String,
}

/// One type, or two.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Kinds {
    One(&'static str),
    Two([&'static str; 2]),
}

/// An event, or a series of events.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct EventNode<'g> {
    #[serde(rename = "@type")]
    pub kind: Kinds,
    #[serde(rename = "@id")]
    pub id: String,
    pub name: String,
    pub description: String,
    pub url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_date: Option<&'g str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_date: Option<&'g str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous_start_date: Option<&'g str>,
    pub event_status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_attendance_mode: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub course_mode: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub location: Vec<Location<'g>>,
    pub image: String,
    pub organizer: Reference,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub performer: Vec<PersonNode<'g>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offers: Option<Offer<'g>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub super_event: Option<Reference>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sub_event: Vec<Reference>,
}

#[derive(Clone, Serialize)]
pub(super) struct Location<'g> {
    #[serde(rename = "@type")]
    pub kind: &'static str,
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<&'g str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// When one can enroll, and where.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Offer<'g> {
    #[serde(rename = "@type")]
    pub kind: &'static str,
    pub name: &'g str,
    pub url: &'g str,
    pub availability: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<&'g str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_through: Option<&'g str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PersonNode<'g> {
    #[serde(rename = "@type")]
    pub kind: &'static str,
    pub name: &'g str,
    pub url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub job_title: Option<&'g str>,
}

#[derive(Serialize)]
pub(super) struct PlaceNode<'g> {
    #[serde(rename = "@type")]
    pub kind: &'static str,
    pub name: &'g str,
    pub url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<&'g str>,
}
