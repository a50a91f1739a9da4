"""The vocabulary that is read: types and terms of schema.org, and how pages misspell them."""

from functools import lru_cache

PRODUCTS = frozenset(
    """Product IndividualProduct ProductModel SomeProducts ProductGroup ProductCollection Drug
    Vehicle Car Motorcycle MotorizedBicycle BusOrCoach Service FinancialProduct BroadcastService
    TaxiService FoodService GovernmentService MenuItem Book Movie Course SoftwareApplication
    MobileApplication WebApplication VideoGame CreativeWork Event MusicEvent TheaterEvent
    Apartment House SingleFamilyResidence Residence Accommodation RealEstateListing Suite Room
    HotelRoom CampingPitch Trip TouristTrip Bicycle Boat PaintingsAndArt VisualArtwork
    """.split()  # noqa: SIM905 - a list of one hundred strings is harder to read.
)
VEHICLES = frozenset(("Vehicle", "Car", "Motorcycle", "MotorizedBicycle", "BusOrCoach"))
OFFERS = frozenset(("Offer", "AggregateOffer", "OfferForLease", "OfferForPurchase"))
AGGREGATE_OFFERS = frozenset(("AggregateOffer", "Offer-aggregate"))
REVIEWS = frozenset(("Review", "UserReview", "CriticReview", "EmployerReview", "Recommendation"))
AGGREGATE_RATINGS = frozenset(("AggregateRating", "EmployerAggregateRating", "Review-aggregate"))
REVIEW_TEXT = ("reviewBody", "description", "text", "articleBody")
RATINGS = frozenset(("Rating", "EndorsementRating"))
COMMENTS = frozenset(("Comment", "Answer", "UserComments", "CorrectionComment"))
ORGANISATIONS = frozenset(("Organization", "Corporation", "OnlineBusiness", "OnlineStore", "Place"))
BUSINESSES = frozenset(
    """LocalBusiness AccountingService AdultEntertainment AmusementPark AnimalShelter
    ArchiveOrganization ArtGallery Attorney AutoBodyShop AutoDealer AutoPartsStore AutoRental
    AutoRepair AutoWash AutomatedTeller AutomotiveBusiness Bakery BankOrCreditUnion BarOrPub
    BeautySalon BedAndBreakfast BikeStore BookStore BowlingAlley Brewery CafeOrCoffeeShop Campground
    Casino ChildCare ClothingStore ComedyClub CommunityHealth ComputerStore ConvenienceStore
    CovidTestingFacility DaySpa Dentist DepartmentStore Dermatology DietNutrition Distillery
    DryCleaningOrLaundry Electrician ElectronicsStore EmergencyService EmploymentAgency
    EntertainmentBusiness ExerciseGym FastFoodRestaurant FinancialService FireStation Florist
    FoodEstablishment FurnitureStore GardenStore GasStation GeneralContractor Geriatric
    GolfCourse GovernmentOffice GroceryStore Gynecologic HVACBusiness HairSalon HardwareStore
    HealthAndBeautyBusiness HealthClub HobbyShop HomeAndConstructionBusiness HomeGoodsStore Hospital
    Hostel Hotel HousePainter IceCreamShop IndividualPhysician InsuranceAgency InternetCafe
    JewelryStore LegalService Library LiquorStore Locksmith LodgingBusiness MedicalBusiness
    MedicalClinic MensClothingStore Midwifery MobilePhoneStore Motel MotorcycleDealer
    MotorcycleRepair MovieRentalStore MovieTheater MovingCompany MusicStore NailSalon NightClub
    Notary Nursing Obstetric OfficeEquipmentStore Oncologic Optician Optometric Otolaryngologic
    OutletStore PawnShop Pediatric PetStore Pharmacy Physician PhysiciansOffice Physiotherapy
    PlasticSurgery Plumber Podiatric PoliceStation PostOffice PrimaryCare ProfessionalService
    Psychiatric PublicHealth PublicSwimmingPool RadioStation RealEstateAgent RecyclingCenter Resort
    Restaurant RoofingContractor SelfStorage ShoeStore ShoppingCenter SkiResort SportingGoodsStore
    SportsActivityLocation SportsClub StadiumOrArena Store TattooParlor TelevisionStation
    TennisComplex TireShop TouristInformationCenter ToyStore TravelAgency VacationRental
    VeterinaryCare WholesaleStore Winery""".split()  # noqa: SIM905 - as above.
)
# What has an address and hours without being anybody's business.
CIVIC_PLACES = frozenset(
    """Airport Aquarium Beach BoatTerminal Bridge BuddhistTemple BusStation BusStop CatholicChurch
    Cemetery Church CityHall CivicStructure Courthouse Crematorium DefenceEstablishment Embassy
    EventVenue GovernmentBuilding HinduTemple LandmarksOrHistoricalBuildings LegislativeBuilding
    Mosque Museum MusicVenue Park ParkingFacility PerformingArtsTheater PlaceOfWorship Playground
    PublicToilet RVPark SubwayStation Synagogue TaxiStand TouristAttraction TrainStation Zoo
    """.split()  # noqa: SIM905 - as above.
)

# The type of a node that states none, by the property that holds it.
TYPE_BY_ROLE = {
    "offers": "Offer",
    "offer": "Offer",
    "makesOffer": "Offer",
    "review": "Review",
    "reviews": "Review",
    "aggregateRating": "AggregateRating",
    "reviewRating": "Rating",
    "comment": "Comment",
    "itemOffered": "Product",
}
_CANONICAL = {
    name.casefold(): name
    for group in (
        PRODUCTS, OFFERS, REVIEWS, AGGREGATE_RATINGS, RATINGS, COMMENTS, ORGANISATIONS, BUSINESSES,
        ("Person", "PostalAddress", "ItemList", "ListItem", "OfferCatalog", "WebPage", "WebSite"),
    )
    for name in group
}  # fmt: skip
# Terms that pages write in one case only ("pricecurrency"), and those of Google's old vocabulary.
_TERMS = {
    term.casefold(): term
    for term in """aggregateRating bestRating dateCreated datePublished dateModified
    highPrice itemCondition itemOffered itemReviewed lowPrice offerCount priceCurrency
    priceSpecification priceValidUntil productID ratingCount ratingValue reviewBody reviewCount
    reviewRating worstRating""".split()  # noqa: SIM905 - as above.
} | {"offerdetails": "offers"}
_HOSTS = ("schema.org/", "data-vocabulary.org/")
_PREFIXES = frozenset(("schema", "s", "sdo", "schemaorg", "v"))


def local_name(term: str) -> str | None:
    """Return "name" for "name", "schema:name" or "https://schema.org/name", None for others."""
    if ":" not in term and "/" not in term:
        return term
    for host in _HOSTS:
        _, found, name = term.partition(host)
        if found:
            return name.strip("/#") or None
    prefix, _, name = term.partition(":")
    return name if prefix.casefold() in _PREFIXES and name else None


@lru_cache(maxsize=4096)
def property_name(term: str) -> str | None:
    """Return a property's local name, its first letter in lower case."""
    name = local_name(term)
    return _TERMS.get(name.casefold()) or name[0].lower() + name[1:] if name else None


@lru_cache(maxsize=4096)
def type_name(term: str) -> str | None:
    """Return a type's local name as schema.org writes it ("product" is Product)."""
    name = local_name(term.strip())
    if not name:
        return None
    return _CANONICAL.get(name.casefold()) or name[0].upper() + name[1:]


def enum_name(value: str) -> str:
    """Return "InStock" for "https://schema.org/InStock"."""
    return value.strip().rstrip("/").rsplit("/", 1)[-1].rsplit("#", 1)[-1].strip()
