//! The data for other programs: which files there are, and what each holds.

use super::add_own;
use super::pages::Maker;
use super::route::{Output, Outputs};
use super::task::Task;
use crate::schedule::OfferingSchedule;
use crate::theme::Section;
use crate::view::address::{DATA, offering_data_path};
use crate::view::{DataFile, SCHEMAS, schema_path, schema_text, session_table};

/// A file of the data.
#[derive(Clone, Copy, Debug)]
pub(super) enum Data<'a> {
    Catalog,
    Offering(&'a OfferingSchedule<'a>),
    Offerings,
    Sessions,
    SessionTable,
    Requirements,
    People,
    Places,
}

impl Data<'_> {
    fn path(self) -> String {
        let name = match self {
            Self::Catalog => "catalog.json",
            Self::Offering(schedule) => return offering_data_path(&schedule.offering.id),
            Self::Offerings => "offerings.json",
            Self::Sessions => "sessions.json",
            Self::SessionTable => "sessions.csv",
            Self::Requirements => "requirements.json",
            Self::People => "people.json",
            Self::Places => "places.json",
        };
        format!("{DATA}{name}")
    }
}

/// Plans all files of the data, and their schemas.
pub(super) fn add_all<'a>(maker: &Maker<'a>, outputs: &mut Outputs<'a>) {
    let lists = [
        Data::Catalog,
        Data::Offerings,
        Data::Sessions,
        Data::SessionTable,
        Data::Requirements,
        Data::People,
        Data::Places,
    ];
    let each = maker.edition.offerings.values().map(|&schedule| Data::Offering(schedule));
    for data in lists.into_iter().chain(each) {
        add_own(outputs, &data.path(), Output::Data(data));
    }
    if outputs.leaves_out(Section::Data) {
        return;
    }
    for (name, text) in SCHEMAS {
        let text = schema_text(maker.edition, text);
        add_own(outputs, &schema_path(name), Output::Made(Task::Text(text.into())));
    }
}

impl<'a> Maker<'a> {
    /// What a file of the data holds.
    pub(super) fn data(&self, data: Data<'a>) -> Task {
        let edition = self.edition;
        Task::Data(match data {
            Data::Catalog => DataFile::catalog(edition),
            Data::Offering(schedule) => {
                DataFile::offering(edition, schedule, &self.folder_of(schedule.offering.span))
            }
            Data::Offerings => {
                DataFile::offerings(edition, |offering| self.folder_of(offering.span))
            }
            Data::Sessions => DataFile::sessions(edition),
            Data::SessionTable => return Task::Text(session_table(edition).into()),
            Data::Requirements => DataFile::requirements(edition),
            Data::People => DataFile::people(edition),
            Data::Places => DataFile::places(edition),
        })
    }
}
