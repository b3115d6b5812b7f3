"""Help as goods on their way, money paid out, programmes, and help let in or kept out: sentences of our own, and what they yield."""

from __future__ import annotations

import pytest

from tests.transforms.events.conftest import Reader
from tests.transforms.events.test_aid_in_prose import steps_told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # bodies give
        ("UNICEF has delivered 40 incubators to hospitals in northern Yemen.", ["delivered occurred united-nations>YEM"]),
        ("The World Food Programme resumed food distributions in Tigray on Monday.", ["delivered occurred united-nations>ETH"]),
        ("The WFP distributed rice to 40,000 people in Cox's Bazar.", ["delivered occurred united-nations>BGD"]),
        ("The UN's humanitarian chief released $15 million from an emergency fund for Afghanistan.", ["delivered occurred united-nations>AFG"]),
        ("Partners have reached 900,000 people in Mali with food assistance.", ["delivered occurred ->MLI"]),
        ("A Norwegian charity donated six ambulances to a hospital in Kharkiv.", ["delivered occurred ->UKR"]),
        # goods on their way
        ("A convoy of 20 UN trucks reached Goma with maize flour and beans.", ["delivered occurred united-nations>COD"]),
        ("Some 300 tons of food were unloaded in Gaza on Friday.", ["delivered occurred ->PSE"]),
        ("Some 800 tons of food had come ashore in Gaza by Friday.", ["delivered occurred ->PSE"]),
        ("Sixteen lorries with flour made it into Gaza on Sunday.", ["delivered occurred ->PSE"]),
        ("Fuel for hospitals was trucked into Gaza for the first time in a month.", ["delivered occurred ->PSE"]),
        ("A field hospital was flown in from Jordan to Beirut.", ["delivered occurred JOR>LBN"]),
        ("Emirati planes airdropped 20 tons of meals over northern Gaza.", ["delivered occurred ARE>PSE"]),
        ("Two Indian aircraft with medicines landed in Dhaka.", ["delivered occurred IND>BGD"]),
        ("A cyclone struck Vanuatu. Australia has sent two aircraft with tarpaulins.", ["delivered occurred AUS>VUT"]),
        ("Wildfires raged in Portugal. Morocco sent two firefighting planes.", ["delivered occurred MAR>PRT"]),
        # money
        ("Kuwait paid the salaries of teachers in Gaza.", ["delivered occurred KWT>PSE"]),
        ("Norway added 400 million kroner to its support for Ukraine.", ["delivered occurred NOR>UKR"]),
        ("Japan made 5 billion yen available for Sri Lanka.", ["delivered occurred JPN>LKA"]),
        (
            "The IMF completed its review of Ghana's programme, which lets Accra draw $360 million.",
            ["approved occurred international-monetary-fund>GHA"],
        ),
        ("The EU mobilised 30 million euros to help flood victims in Pakistan.", ["approved occurred european-union>PAK"]),
        ("We gave Ukraine $60 billion, the US president said.", ["delivered occurred USA>UKR"]),
        # programmes, and what is in a package
        ("USAID launched a $25 million program to help farmers in Malawi.", ["pledged occurred USA>MWI"]),
        ("The United States announced a $40 million initiative to strengthen the courts in Guatemala.", ["pledged occurred USA>GTM"]),
        ("The United States is providing scholarships to young people in Honduras.", ["delivered ongoing USA>HND"]),
        (
            "The Pentagon announced a $300 million package for Ukraine. The package includes 12 howitzers and 200 vehicles.",
            ["pledged occurred USA>UKR", "pledged occurred USA>UKR"],
        ),
        ("It was the eighth drawdown of American weapons for Taiwan since 2023.", ["pledged occurred USA>TWN"]),
        ("The premier thanked Canada for its contributions to the relief effort in Haiti.", ["delivered ongoing CAN>HTI"]),
        ("U.S. assistance helped Jordan take in refugees.", ["delivered ongoing USA>JOR"]),
        # asked for
        ("Lebanon asked France for help with its power plants.", ["requested occurred FRA>LBN"]),
        ("Georgia asked Turkey for help in repairing its pipeline.", ["requested occurred TUR>GEO"]),
        ("Zambia has turned to the IMF for a loan.", ["requested occurred international-monetary-fund>ZMB"]),
        ("The UN appealed for $2.5 billion for Somalia.", ["requested occurred ->SOM<united-nations"]),
        # stopped, and let go on
        ("The Netherlands is halving its contribution to UNICEF.", ["suspended occurred NLD>united-nations"]),
        ("After the coup in Burundi, Belgium suspended $60 million in economic support.", ["suspended occurred BEL>BDI"]),
        ("Washington lifted its pause on arms deliveries to Kyiv.", ["suspended cancelled USA>UKR"]),
        # by nouns and adjectives
        ("The Israeli air force began aid drops over the Gaza Strip.", ["delivered ongoing ISR>PSE"]),
        ("The largest airdrop of food since June took place over Darfur.", ["delivered occurred ->SDN"]),
        ("Western arms supplies to Kyiv prolong the war, the Kremlin says.", ["delivered ongoing ->UKR"]),
        ("The ministers condemned arms transfers from Iran to Russia.", ["delivered ongoing IRN>RUS"]),
        ("She thanked Ireland for its contributions to the provision of food aid in Malawi.", ["delivered ongoing IRL>MWI"]),
        ("The president welcomed the $2 billion allocation to replenish Israel's air defenses.", ["approved occurred ->ISR"]),
        (
            "The prime minister reiterated Canada's support for the people of Haiti, including through humanitarian and security assistance.",
            ["delivered ongoing CAN>HTI"],
        ),
        # bought, built, lent and kept going for others
        ("Ottawa will pay for 400 armored vehicles for Ukraine.", ["pledged occurred CAN>UKR"]),
        ("Denmark will buy artillery shells for Ukraine, its defence minister said.", ["pledged occurred DNK>UKR"]),
        ("Turkey will build 500 homes for earthquake survivors in Syria.", ["pledged occurred TUR>SYR"]),
        ("Kenya announced a $1 billion loan from the World Bank.", ["pledged occurred world-bank>KEN"]),
        ("China rolled over $2 billion in loans to Pakistan.", ["delivered occurred CHN>PAK"]),
        ("Saudi Arabia deposited $2 billion in Yemen's central bank.", ["delivered occurred SAU>YEM"]),
        ("Iran finances Hezbollah.", ["delivered occurred IRN>hezbollah"]),
        ("Washington will no longer fund UNRWA.", ["suspended planned USA>united-nations"]),
        ("Washington cancelled grants that kept soup kitchens in Khartoum open.", ["suspended occurred USA>SDN"]),
        ("Norway doubled its support for UNRWA.", ["delivered occurred NOR>united-nations"]),
        ("We have made $90 million available for the people of Gaza, the Danish minister said.", ["delivered occurred DNK>PSE"]),
        ("Waves broke the pier after some 700 tons of food had come ashore in Gaza.", ["delivered occurred ->PSE"]),
        (
            "Floods hit Honduras last week. The Emergency Relief Coordinator has allocated $9 million from the Central Emergency Response Fund.",
            ["approved occurred united-nations>HND"],
        ),
        # voted on, and still to be let in
        ("The European Parliament backed a 1 billion euro loan for Moldova.", ["approved occurred european-union>MDA"]),
        ("The Senate voted down an aid package for Ukraine.", ["rejected occurred USA>UKR"]),
        ("Life-saving supplies must be allowed into Darfur, the Swedish foreign minister said.", ["requested occurred ->SDN<SWE"]),
        ("Medicines have not been delivered to hospitals in Gaza for a week.", ["delivered denied ->PSE"]),
        ("The World Health Organization delivered medical supplies for 3,000 patients in Khartoum.", ["delivered occurred united-nations>SDN"]),
        # let in and kept out on one's own ground
        ("The Burmese army is blocking relief supplies to survivors in Rakhine.", ["rejected ongoing MMR>MMR"]),
        ("The Syrian government refused to let relief convoys into Eastern Ghouta.", ["rejected occurred SYR>SYR"]),
    ],
)
def test_help_is_told(read: Reader, text: str, expected: list[str]) -> None:
    assert steps_told(read, text, published="2025-03-20") == expected


@pytest.mark.parametrize(
    "text",
    [
        "The Department of Labor announced a $25 million program for apprentices in Ohio.",
        "Governor Smith released $10 million from the emergency fund for towns hit by the storm.",
        "The city distributed food to 4,000 residents.",
        "Trucks crossed the border into Mexico with car parts on Tuesday.",
        "A convoy of tanks reached Kharkiv on Monday.",
        "FEMA delivered 40 generators to Louisiana.",
        "The bill includes $40 million for bridges in Ohio.",
        "The package includes tax cuts for small businesses.",
        "Exxon shipped oil to Japan.",
        "The company pays the wages of 400 workers in Mexico.",
        "The bank launched a $300 million fund for start-ups in Kenya.",
        "Russia launches dozens of missiles at Ukrainian cities.",
        "The tourists were flown in from Germany.",
        "The minister asked Norway for help in finding the suspect.",
        "A troop drawdown in Germany begins in March.",
        "Sweden is buying 50 fighter jets from Brazil.",
        "The company will pay for repairs for customers in Spain.",
        "Turkey will build 500 homes in Ankara.",
        "The striker's transfer from Spain to Italy was agreed on Monday.",
        "Prisoner transfers from Russia to Ukraine resumed.",
        "Oil drops after Iran deal.",
        "China finances a railway in Kenya.",
        "Turkey will build a nuclear plant with Russia.",
        "Germany backed a resolution on Ukraine.",
        "President Biden made disaster assistance available to the Morongo Band of Mission Indians.",
        "The president of France signed the agreements, and Paris will fund them.",
        "The Senate voted down the nominee.",
        "Parts were delivered to the plant in Mexico.",
        "The firm has sent two lorries of furniture to its shop in Lviv.",
    ],
)
def test_what_moves_or_is_paid_without_help_is_no_step(read: Reader, text: str) -> None:
    assert steps_told(read, text, published="2025-03-20") == []
