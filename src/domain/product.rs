//! The product that the label is for.

use std::fmt;
use std::str::FromStr;

pub use crate::domain::lookalike::plain_model;
use crate::domain::record::{Line, Many, Part, Url, record};
use crate::domain::{Date, NotAWord};

/// A level of the label, 1 to 4.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Level(u8);

impl Level {
    /// Every level, lowest first.
    pub const ALL: [Self; 4] = [Self(1), Self(2), Self(3), Self(4)];

    pub const fn number(self) -> u8 {
        self.0
    }

    pub const fn as_str(self) -> &'static str {
        match self.0 {
            1 => "1",
            2 => "2",
            3 => "3",
            _ => "4",
        }
    }
}

impl TryFrom<u8> for Level {
    type Error = NotAWord;

    fn try_from(number: u8) -> Result<Self, NotAWord> {
        Self::ALL
            .into_iter()
            .find(|level| level.0 == number)
            .ok_or(NotAWord)
    }
}

impl FromStr for Level {
    type Err = NotAWord;

    fn from_str(text: &str) -> Result<Self, NotAWord> {
        Self::ALL
            .into_iter()
            .find(|level| level.as_str() == text)
            .ok_or(NotAWord)
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl serde::Serialize for Level {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_u8(self.0)
    }
}

impl<'de> serde::Deserialize<'de> for Level {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let number = <u8 as serde::Deserialize>::deserialize(from)?;
        Self::try_from(number)
            .map_err(|_| serde::de::Error::custom(format!("there is no level {number}")))
    }
}

words! {
    /// The kind of product. The last seven exist so that the wrong form is refused by name.
    Category {
        SmartCamera = "smart-camera", SmartTv = "smart-tv", SmartSpeaker = "smart-speaker", SmartToy = "smart-toy",
        HouseholdRobot = "household-robot", GardenRobot = "garden-robot", SmartHomeHub = "smart-home-hub",
        HomeGateway = "home-gateway", WifiRouter = "wifi-router", HealthTracker = "health-tracker",
        Wearable = "wearable", SmartLighting = "smart-lighting", SmartPlug = "smart-plug", Thermostat = "thermostat",
        Sensor = "sensor", Appliance = "appliance", Printer = "printer", NetworkStorage = "network-storage",
        AlarmSystem = "alarm-system", DoorLock = "door-lock", FireDetector = "fire-detector",
        GasDetector = "gas-detector", WaterDetector = "water-detector", OtherConsumer = "other-consumer",
        MedicalDevice = "medical-device", Computer = "computer", Smartphone = "smartphone", Tablet = "tablet",
        Industrial = "industrial", Component = "component", AppOrService = "app-or-service",
    }
}

words! {
    /// The platform of a companion app.
    Platform { Android = "android", Ios = "ios", Windows = "windows", Macos = "macos", Linux = "linux", Web = "web", Other = "other" }
}

record! {
    Product "`product`" {
        Required brand: Line<120> => "the brand on the box";
        Required name: Line<200> => "the name on the box";
        Required models: Many<Line<60>> => "the model numbers, spelt exactly as on the type label";
        Required category: Category => "what kind of product it is";
        Optional hardware_version: Line<60> => "the hardware version" quoted;
        Required firmware_version: Line<60> => "the firmware version" quoted;
        Optional firmware_date: Date => "the day on which this firmware version was released";
        Optional companion_apps: Many<CompanionApp> => "apps that belong to the product";
        Optional url: Url => "the product's page";
        Required support: Part<SupportPeriod> => "how long security updates are promised";
        Sometimes vulnerability_disclosure: Url => "the page of the vulnerability disclosure policy";
        Optional traits: Many<Line<60>> => "what conditional provisions depend on, such as telemetry" unprinted;
    }
}

record! {
    /// An app that belongs to the product.
    CompanionApp "`companion_apps`" {
        Required name: Line<200> => "the app's name";
        Required platform: Platform => "where the app runs";
        Required version: Line<60> => "the app's version";
    }
}

record! {
    /// The promise of security updates.
    SupportPeriod "`support`" {
        Required until: Date => "the last day on which security updates are promised, as published";
        Sometimes url: Url => "the page that publishes it";
    }
}

impl Product {
    /// Returns brand and name, the brand once.
    pub fn title(&self) -> Option<String> {
        match (self.brand.as_ref(), self.name.as_ref()) {
            (Some(brand), Some(name))
                if !name.to_lowercase().starts_with(&brand.to_lowercase()) =>
            {
                Some(format!("{brand} {name}"))
            }
            (_, Some(name)) => Some(name.clone()),
            (brand, None) => brand.cloned(),
        }
    }
}
