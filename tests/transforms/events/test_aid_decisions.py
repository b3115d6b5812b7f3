"""Steps of assistance: sentences of our own, a row a construction, and what they yield. A row that fails names the sentence."""

from __future__ import annotations

import pytest

from schemas.mention import Mention
from tests.transforms.events.conftest import Reader

# sentence | the steps that it tells, each "decision status donors>recipients<requesters kind amount currency scope"; parties joined by +, "-" for none;
# kind and money may be left out.
SENTENCES = [
    # giving: active, passive, dative, with, for, noun and verb chains
    ("Japan provided food aid to Haiti.", ["delivered occurred JPN>HTI humanitarian"]),
    ("Canada gave Jamaica $5 million in hurricane relief.", ["delivered occurred CAN>JAM humanitarian 5000000 USD once"]),
    ("The tanks were donated to Ukraine by Poland.", ["delivered occurred POL>UKR military"]),
    ("Ukraine was given 40 armoured vehicles by Lithuania.", ["delivered occurred LTU>UKR military"]),
    ("Australia supplied Papua New Guinea with medicines and tents.", ["delivered occurred AUS>PNG humanitarian"]),
    ("Denmark has provided Ukraine with 19 F-16 fighter jets.", ["delivered occurred DNK>UKR military"]),
    ("Humanitarian aid was airdropped over northern Gaza by the Jordanian air force.", ["delivered occurred JOR>PSE humanitarian"]),
    ("Norway is sending blankets and generators to Ukraine.", ["delivered ongoing NOR>UKR humanitarian"]),
    ("Iran has armed and trained Hezbollah for decades.", ["delivered occurred IRN>hezbollah military"]),
    ("The World Food Programme began distributing rice to Sudan this week.", ["delivered ongoing united-nations>SDN humanitarian"]),
    ("India resumed its development assistance to Nepal.", ["delivered occurred IND>NPL"]),
    ("The World Bank lent Kenya $200 million.", ["delivered occurred world-bank>KEN financial 200000000 USD once"]),
    ("The International Monetary Fund released a $337 million tranche to Sri Lanka.", ["delivered occurred international-monetary-fund>LKA"]),
    (
        "Pakistan received a $1.1 billion loan from the International Monetary Fund.",
        ["delivered occurred international-monetary-fund>PAK financial 1100000000 USD once"],
    ),
    ("South Korea denied that it was sending shells to Ukraine.", ["delivered denied KOR>UKR military"]),
    ("China has not provided weapons to Russia, its foreign ministry said.", ["delivered denied CHN>RUS military"]),
    # promising
    ("Sweden will send Ukraine a further 16 howitzers.", ["pledged occurred SWE>UKR military"]),
    ("The United States announced a $725 million military aid package for Ukraine.", ["pledged occurred USA>UKR military 725000000 USD once"]),
    ("Spain pledges 1 billion euros of military aid to Ukraine", ["pledged occurred ESP>UKR military 1000000000 EUR once"]),
    ("Qatar promised to give Lebanon $60 million.", ["pledged occurred QAT>LBN financial 60000000 USD once"]),
    ("Germany to send more Leopard tanks to Ukraine", ["pledged occurred DEU>UKR military"]),
    ("Britain said it would donate two patrol boats to Kenya.", ["pledged occurred GBR>KEN military"]),
    ("The European Union will continue to provide humanitarian assistance to Afghanistan.", ["pledged occurred european-union>AFG humanitarian"]),
    ("China offered Laos a loan of $480 million.", ["pledged occurred CHN>LAO financial 480000000 USD once"]),
    ("Kuwait's pledge of $30 million to Yemen was welcomed.", ["pledged occurred KWT>YEM financial 30000000 USD once"]),
    ("Estonia welcomed Britain's commitment to send artillery to Ukraine.", ["pledged occurred GBR>UKR military"]),
    ("The Netherlands announced the resumption of aid to Rwanda.", ["pledged occurred NLD>RWA"]),
    ("Washington committed $203 million to help civilians affected by the war in Sudan.", ["pledged occurred USA>SDN financial 203000000 USD once"]),
    # authorising
    ("The US Senate passed a bill providing $14 billion in aid to Israel.", ["approved occurred USA>ISR unknown 14000000000 USD once"]),
    ("The European Union approved a €500 million loan to Moldova.", ["approved occurred european-union>MDA financial 500000000 EUR once"]),
    ("EU finance ministers agreed to lend Egypt 4 billion euros.", ["approved occurred european-union>EGY financial 4000000000 EUR once"]),
    ("Canadian lawmakers voted to send ammunition to Ukraine.", ["approved occurred CAN>UKR military"]),
    ("The World Bank approved a $150 million grant for Yemen.", ["approved occurred world-bank>YEM financial 150000000 USD once"]),
    ("The Senate is expected to vote on a military aid package for Taiwan.", ["approved planned USA>TWN military"]),
    ("Congress has not yet approved military assistance for Ukraine.", ["approved denied USA>UKR military"]),
    ("Japan signed an agreement to provide Sri Lanka with a $50 million loan.", ["approved occurred JPN>LKA financial 50000000 USD once"]),
    ("Italy authorised the delivery of air defence systems to Ukraine.", ["approved occurred ITA>UKR military"]),
    # weighing
    ("The United States is considering sending longer-range missiles to Ukraine.", ["proposed occurred USA>UKR military"]),
    ("Norway plans to increase humanitarian aid to Gaza.", ["proposed occurred NOR>PSE humanitarian"]),
    ("The European Commission proposed a €35 billion loan for Ukraine.", ["proposed occurred european-union>UKR financial 35000000000 EUR once"]),
    ("Germany did not rule out supplying Taurus missiles to Ukraine.", ["proposed occurred DEU>UKR military"]),
    ("The White House is weighing additional military assistance to Taiwan.", ["proposed occurred USA>TWN military"]),
    ("France is ready to provide emergency assistance to Armenia.", ["proposed occurred FRA>ARM"]),
    # asking
    ("Ukraine requested military assistance from Canada.", ["requested occurred CAN>UKR military"]),
    (
        "Zambia asked the International Monetary Fund for a $1.4 billion bailout.",
        ["requested occurred international-monetary-fund>ZMB financial 1400000000 USD once"],
    ),
    ("Volodymyr Zelensky urged the European Union to deliver more ammunition to Ukraine.", ["requested occurred european-union>UKR military"]),
    ("Kaja Kallas called on Germany to send more weapons to Ukraine.", ["requested occurred DEU>UKR<european-union military"]),
    ("Malawi appealed to Japan for food aid.", ["requested occurred JPN>MWI humanitarian"]),
    ("Lebanon will ask Saudi Arabia for economic aid.", ["requested planned SAU>LBN financial"]),
    ("Somalia's request to Turkey for military training was made public.", ["requested occurred TUR>SOM military"]),
    ("Antonio Guterres said rich countries must give more humanitarian aid to Sudan.", ["requested occurred ->SDN<united-nations humanitarian"]),
    ("Moldova is seeking financial support from Romania.", ["requested occurred ROU>MDA financial"]),
    ("Donald Trump asked Congress for $24 billion for Ukraine.", ["requested occurred USA>UKR<USA financial 24000000000 USD once"]),
    # refusing
    ("Germany refused to supply cruise missiles to Ukraine.", ["rejected occurred DEU>UKR military"]),
    ("Hungary vetoed a 6.6 billion euro military aid fund for Ukraine.", ["rejected occurred HUN>UKR military 6600000000 EUR once"]),
    ("Israel will not send weapons to Ukraine, the minister said.", ["rejected occurred ISR>UKR military"]),
    (
        "The IMF rejected Argentina's request for a new loan.",
        ["rejected occurred international-monetary-fund>ARG financial", "requested occurred international-monetary-fund>ARG financial"],
    ),
    ("Israel is blocking the delivery of humanitarian aid to Gaza.", ["rejected ongoing ISR>PSE humanitarian"]),
    ("Congress declined to approve further military aid for El Salvador.", ["rejected occurred USA>SLV military"]),
    # stopping
    ("The United States suspended military aid to Mali.", ["suspended occurred USA>MLI military"]),
    ("Sweden halted its development aid to Burkina Faso.", ["suspended occurred SWE>BFA"]),
    ("The Netherlands will cut financial assistance to Rwanda.", ["suspended planned NLD>RWA financial"]),
    ("Donald Trump ordered a freeze on all foreign aid to South Africa.", ["suspended occurred USA>ZAF"]),
    ("Belgium threatened to suspend its aid to Rwanda.", ["suspended proposed BEL>RWA"]),
    ("The World Bank halted lending and froze loans to Uganda.", ["suspended occurred world-bank>UGA financial"]),
    ("The United States ended its suspension of military aid to Ukraine.", ["suspended cancelled USA>UKR military"]),
    ("US military aid to Niger was suspended after the coup.", ["suspended occurred USA>NER military"]),
    ("Donald Trump said he is stopping funding to South Africa.", ["suspended occurred USA>ZAF financial"]),
    # nouns alone
    ("Washington's military aid to Egypt dates from 1979.", ["delivered ongoing USA>EGY military"]),
    ("Moscow condemned American arms deliveries to Kyiv.", ["delivered ongoing USA>UKR military"]),
    ("The president thanked Slovenia for its humanitarian assistance to Ukraine.", ["delivered ongoing SVN>UKR humanitarian"]),
    # older and wire style
    ("MOSCOW, March 3 (Wire) - Cuba received 100,000 tons of wheat donated by Russia.", ["delivered occurred RUS>CUB humanitarian"]),
    ("Ethiopia asked Congress for $100 million in aid to Somalia.", ["requested occurred USA>SOM<ETH unknown 100000000 USD once"]),
    ("North Korea appealed to the United Nations for emergency food aid.", ["requested occurred united-nations>PRK humanitarian"]),
    ("Tokyo agreed to extend a $1 billion soft loan to Vietnam.", ["approved occurred JPN>VNM financial 1000000000 USD once"]),
    ("Paris Club creditors cut off aid to Zaire.", ["suspended occurred paris-club>COD"]),
    (
        "WASHINGTON (Wire) -- The World Bank approved $400 million in loans to Indonesia on Tuesday.",
        ["approved occurred world-bank>IDN financial 400000000 USD"],
    ),
    ("The U.S. House of Representatives voted to cut off aid to the Serbian government.", ["suspended"]),
    ("Japan will extend 20 billion yen in loans to the Philippines, officials said.", ["pledged occurred JPN>PHL financial 20000000000 JPY once"]),
    ("Russia and Iran have supplied Syria with arms for years.", ["delivered occurred IRN+RUS>SYR military"]),
    ("Relief supplies from Germany arrived in Turkey after the earthquake.", ["delivered occurred DEU>TUR humanitarian"]),
    ("The Red Cross flew 40 tons of medicine to Somalia.", ["delivered occurred international-committee-of-the-red-cross>SOM humanitarian"]),
    ("Britain has frozen its aid to Sierra Leone, the Foreign Office said.", ["suspended occurred GBR>SLE"]),
    ("South Korea promised 50,000 tons of rice to North Korea.", ["pledged occurred KOR>PRK humanitarian"]),
    ("UNICEF is sending vaccines to Chad.", ["delivered ongoing united-nations>TCD humanitarian"]),
    ("Bosnia's government asked Washington for weapons.", ["requested occurred USA>BIH military"]),
    ("Israel receives $3.8 billion a year in military aid from the United States.", ["delivered ongoing USA>ISR military 3800000000 USD per_year"]),
    (
        "Thailand has received $17 billion from the International Monetary Fund.",
        ["delivered occurred international-monetary-fund>THA financial 17000000000 USD"],
    ),
    ("The IMF delayed a loan to Ukraine.", []),
    ("Saudi Arabia and Kuwait each gave Egypt $2 billion.", ["delivered occurred KWT+SAU>EGY financial 2000000000 USD once"]),
    ("Canada's foreign minister said Ottawa would provide $10 million in emergency aid for Mozambique.", ["pledged occurred CAN>MOZ humanitarian 10000000"]),
    ("China criticised U.S. military aid to Taiwan.", ["delivered ongoing USA>TWN military"]),
    ("Pakistan urged donors to release promised aid for Afghanistan.", ["requested occurred ->AFG<PAK"]),
    ("Poland stopped supplying weapons to Ukraine.", ["suspended occurred POL>UKR military"]),
    ("Norway resumed sending aid to Malawi.", ["delivered ongoing NOR>MWI"]),
    ("The Pentagon ordered a halt to shipments of artillery shells to Ukraine.", ["suspended occurred USA>UKR military"]),
    ("US approves $95bn aid package for Ukraine, Israel and Taiwan", ["approved occurred USA>ISR+TWN+UKR unknown 95000000000 USD once"]),
    ("Hungary blocks EU loan to Ukraine", ["rejected occurred"]),
    ("India gifts a patrol boat to the Maldives", ["delivered occurred IND>MDV military"]),
    ("Trump pauses US military aid to Ukraine", ["suspended occurred USA>UKR military"]),
    # what arrives, what is owed, what is shared, what ends, what is turned down or held up
    ("The first shipment of Leopard 2 tanks from Poland has arrived in Ukraine.", ["delivered occurred POL>UKR military"]),
    ("Two Turkish planes carrying tents and blankets landed in Kabul on Friday.", ["delivered occurred TUR>AFG humanitarian"]),
    ("Twenty aid trucks crossed into Gaza from Egypt.", ["delivered occurred EGY>PSE"]),
    ("Ukraine has received the first Patriot air defense systems from the United States.", ["delivered occurred USA>UKR military"]),
    ("Japan has agreed to cancel Tanzania's debt.", ["approved occurred JPN>TZA financial"]),
    ("The United States stopped sharing intelligence with Ukraine.", ["suspended occurred USA>UKR military"]),
    ("Robert Fico said Slovakia would no longer send weapons to Kyiv.", ["suspended planned SVK>UKR military"]),
    ("Berlin has balked at sending Taurus missiles to Kyiv.", ["rejected occurred DEU>UKR military"]),
    ("Cuba rejected a U.S. offer of $3 million in hurricane aid.", ["rejected occurred USA>CUB unknown 3000000 USD once"]),
    (
        "The United States has turned down a Ukrainian request for long-range missiles.",
        ["rejected occurred USA>UKR military", "requested occurred USA>UKR military"],
    ),
    ("Israel has barred aid from entering northern Gaza.", ["rejected occurred ISR>PSE"]),
    ("Israel agreed to let aid trucks enter Gaza.", ["approved occurred ISR>PSE"]),
    ("The World Food Program has halved food rations for Rohingya refugees in Bangladesh.", ["suspended occurred united-nations>BGD humanitarian"]),
    ("The Senate failed to advance a $106 billion package for Ukraine and Israel.", ["rejected occurred USA>ISR+UKR unknown 106000000000 USD once"]),
    # whom it is for, and who decides
    ("Norway raised its support for Ukraine to 85 billion kroner.", ["delivered occurred NOR>UKR unknown 85000000000 NOK once"]),
    ("Iceland contributed $2 million to a fund for Ukraine.", ["delivered occurred ISL>UKR financial 2000000 USD once"]),
    ("The EU released emergency funds after the earthquake in Morocco.", ["delivered occurred european-union>MAR financial"]),
    ("Ukraine's allies have promised more air defense systems.", ["pledged occurred ->UKR military"]),
    ("The IMF's executive board approved a $3 billion loan for Ghana.", ["approved occurred international-monetary-fund>GHA financial 3000000000 USD once"]),
    ("Venezuela has shipped 100,000 barrels of oil to Cuba as aid.", ["delivered occurred VEN>CUB"]),
    ("Mongolia accepted an offer of vaccines from India.", ["pledged occurred IND>MNG humanitarian"]),
    # two steps in a sentence
    (
        "EU ministers refrained from giving approval to a request Maia Sandu made, pushed by Kaja Kallas, for a €2 billion ($2.2 billion) package for Moldova.",
        ["rejected occurred european-union>MDA unknown 2000000000 EUR once", "requested occurred european-union>MDA unknown 2000000000 EUR once"],
    ),
    (
        "France rejected a request from Niger for military assistance.",
        ["rejected occurred FRA>NER military", "requested occurred FRA>NER military"],
    ),
    ("Ukraine asked Germany for Taurus missiles, but Berlin refused to supply them.", ["requested occurred DEU>UKR military", "rejected occurred DEU>UKR"]),
    ("France is sending the shells that its parliament approved to Ukraine.", ["delivered ongoing FRA>UKR military", "approved occurred FRA>UKR military"]),
    ("Germany approved an Israeli request to use two of its Heron drones in strikes on the Gaza Strip.", ["approved occurred DEU>ISR military"]),
    ("Sweden gave 300 million kronor to Ukraine.", ["delivered occurred SWE>UKR financial 300000000 SEK once"]),
    ("Pakistan gave 90 million rupees to Nepal.", ["delivered occurred PAK>NPL financial 90000000 PKR once"]),
    ("The minister thanked those who are already providing humanitarian aid to Ukraine.", ["delivered ongoing ->UKR humanitarian"]),
    # several donors and recipients, programmes, orders, needs, wishes, efforts, plans to cut
    ("Norway will provide $40 million to support stabilization in Ghana, Benin, Togo and Guinea.", ["pledged occurred NOR>BEN+GHA+GIN+TGO"]),
    ("Japan provided food aid to countries including Chad, Niger and Mali.", ["delivered occurred JPN>MLI+NER+TCD"]),
    ("Canada is providing assistance to the Afghan people.", ["delivered ongoing CAN>AFG"]),
    ("Turkey promised humanitarian aid to the Ethiopian people.", ["pledged occurred TUR>ETH"]),
    ("Spain sent emergency assistance to the Brazilian people.", ["delivered occurred ESP>BRA"]),
    ("Germany will give 20 million euros to Rohingya refugees in Bangladesh.", ["pledged occurred DEU>BGD"]),
    ("The officials condemned North Korea's military support to Russia's war against Ukraine.", ["delivered ongoing PRK>RUS"]),
    ("Iran agrees to provide Russia with combat drones for the war in Ukraine.", ["approved occurred IRN>RUS"]),
    ("Belarus supplied missiles to Russia for use in strikes on Ukraine.", ["delivered occurred BLR>RUS"]),
    ("Britain and France prepare new military packages to send to Ukraine.", ["proposed occurred FRA+GBR>UKR"]),
    ("The United States announces a $2 billion security package from the Ukraine Security Assistance Initiative.", ["pledged occurred USA>UKR"]),
    ("Israel will allow humanitarian aid trucks to travel through the crossing into Gaza.", ["pledged occurred ISR>PSE"]),
    ("Activists protested against Israel's blockade on humanitarian aid to Gaza.", ["rejected ongoing ISR>PSE"]),
    ("Denmark approves a Ukrainian request for artillery shells.", ["approved occurred DNK>UKR", "requested occurred DNK>UKR"]),
    ("Moldova has received tents from Denmark, and generators from the United States.", ["delivered occurred DNK+USA>MDA"]),
    ("Ukraine receives the first batch of Mirage jets from France and more F-16s from the Netherlands.", ["delivered occurred FRA+NLD>UKR"]),
    ("French and German weapons sent to Ukraine were used near Kharkiv.", ["delivered occurred DEU+FRA>UKR"]),
    ("Danish, Dutch and Norwegian military aid to Ukraine has grown.", ["delivered ongoing DNK+NLD+NOR>UKR"]),
    ("Sweden announced that development aid to Mali would be suspended.", ["suspended planned SWE>MLI"]),
    ("Japan announced that 20 ambulances would be donated to Ukraine.", ["pledged occurred JPN>UKR"]),
    ("Leaders of the Group of Seven agree to loan Ukraine $50 billion.", ["approved occurred g7>UKR"]),
    ("G7 leaders promised further military aid to Ukraine.", ["pledged occurred g7>UKR"]),
    ("Leaders at the G7 summit agree to lend Ukraine $50 billion.", ["approved occurred g7>UKR"]),
    (
        "The minister thanked the Red Cross for its work to deliver aid to civilians in Gaza.",
        ["delivered ongoing international-committee-of-the-red-cross>PSE"],
    ),
    ("France welcomed Ireland's decision to approve 50 million euros in aid to Sudan.", ["approved occurred IRL>SDN"]),
    ("Britain imposed sanctions on Iran for supplying Russia with missiles.", ["delivered occurred IRN>RUS"]),
    ("Israel authorizes the use of a border crossing to deliver aid to Gaza.", ["approved occurred ISR>PSE"]),
    ("Germany will not prevent Poland from sending tanks to Ukraine.", ["approved occurred DEU+POL>UKR"]),
    ("A court ordered Israel to allow aid into Gaza.", ["requested occurred ISR>PSE"]),
    ("The United Nations ordered Israel to allow humanitarian aid into Gaza.", ["requested occurred ISR>PSE<united-nations"]),
    ("The President directed the Pentagon to provide military assistance to Jordan.", ["approved occurred USA>JOR"]),
    (
        "The U.S. House of Representatives passes bills that would provide $95 billion in military aid to countries such as Ukraine, Israel and Taiwan.",
        ["approved occurred USA>ISR+TWN+UKR"],
    ),
    ("The U.S. Senate rejected a bill that would provide military aid to Taiwan.", ["rejected occurred USA>TWN"]),
    ("The leaders of Japan and Canada reviewed their efforts to provide humanitarian assistance to Ukraine.", ["delivered ongoing CAN+JPN>UKR"]),
    ("The United States is working to provide assistance to Brazil.", ["delivered ongoing USA>BRA"]),
    ("Mexico vowed to continue shipments of humanitarian aid to Cuba.", ["pledged occurred MEX>CUB"]),
    ("The ministers of Poland and Latvia affirmed their commitment to continue providing security assistance to Ukraine.", ["pledged occurred LVA+POL>UKR"]),
    ("Antonio Guterres underscored the need to increase deliveries of humanitarian assistance to Gaza.", ["requested occurred ->PSE<united-nations"]),
    ("Emmanuel Macron stressed the importance of expanding the flow of humanitarian aid into Gaza.", ["requested occurred ->PSE<FRA"]),
    ("Spain and Norway agreed on the urgency of expanding the flow of humanitarian assistance into Gaza.", ["requested occurred ->PSE<ESP+NOR"]),
    (
        "Antonio Guterres urged Israel to take additional measures to increase the flow of humanitarian assistance into Gaza.",
        ["requested occurred ISR>PSE<united-nations"],
    ),
    ("The envoy from Turkey pressed Israel to take steps to let aid into Gaza.", ["requested occurred ISR>PSE<TUR"]),
    ("Ukraine expects to receive F-16 jets from Denmark.", ["pledged occurred DNK>UKR"]),
    ("Moldova seeks to obtain a loan from Romania.", ["requested occurred ROU>MDA"]),
    ("Latvia is set to receive military aid from Sweden.", ["pledged occurred SWE>LVA"]),
    ("Jordan wants to receive financial aid from Japan.", ["requested occurred JPN>JOR"]),
    ("Germany issues plans to halve its military aid to Ukraine.", ["proposed occurred DEU>UKR"]),
    ("Britain plans to cut its development aid to Kenya.", ["proposed occurred GBR>KEN"]),
    ("Aid deliveries to Gaza were halted by Israel.", ["suspended occurred ISR>PSE"]),
    ("Aid deliveries from Egypt to Gaza have resumed.", ["delivered occurred EGY>PSE"]),
    ("Aid shipments to Yemen were blocked by Saudi Arabia.", ["rejected occurred SAU>YEM"]),
    ("Aid trucks entered Gaza from Egypt.", ["delivered occurred EGY>PSE"]),
    ("Aid to Sudan blocked by Chad", ["rejected occurred TCD>SDN"]),
    ("Aid from Japan arrived in Haiti.", ["delivered occurred JPN>HTI"]),
    ("Aid convoys from Jordan reached Gaza on Monday.", ["delivered occurred JOR>PSE"]),
    ("Aid supplies sent by India arrived in Nepal.", ["delivered occurred IND>NPL"]),
    ("Aid packages for Ukraine and Israel were approved by the United States Senate.", ["approved occurred USA>ISR+UKR"]),
    ("U.S. payments and subsidies to South Africa will cease, Donald Trump announced.", ["suspended planned USA>ZAF"]),
    ("American aid to Vietnam ended in 1975.", ["suspended occurred USA>VNM"]),
    ("Germany is considering cutting its development aid to Uganda.", ["proposed occurred DEU>UGA"]),
    ("France threatened to suspend aid to Chad.", ["suspended proposed FRA>TCD"]),
    ("The European Union sent 1.5 billion euros from frozen Russian assets to Ukraine.", ["delivered occurred european-union>UKR"]),
    # who did what he is thanked for, who may decide, what the sentence has told already
    ("The President thanked the King of Jordan for providing humanitarian assistance to Gaza.", ["delivered occurred JOR>PSE"]),
    ("Joe Biden thanked Pedro Sánchez for Spain's partnership in providing security and economic assistance to Ukraine.", ["delivered occurred ESP>UKR"]),
    ("Denmark praised Lithuania for sending generators to Ukraine.", ["delivered occurred LTU>UKR"]),
    ("Emmanuel Macron stressed the importance of protecting civilians and increasing humanitarian assistance to Gaza.", ["requested occurred ->PSE<FRA"]),
    ("The Danish and Dutch governments are in the process of donating F-16s to Ukraine.", ["delivered ongoing DNK+NLD>UKR"]),
    ("Justin Trudeau announced that Canada is providing $50 million in humanitarian assistance to Sudan.", ["pledged occurred CAN>SDN"]),
    ("Canada will allocate these vaccine doses to Kenya and Ghana.", ["pledged occurred CAN>GHA+KEN"]),
    ("France could also train Ukrainian pilots.", ["delivered proposed FRA>UKR"]),
    ("Germany announced the delivery of 50 tanks to Ukraine, the first heavy arms supplied by Germany since 2022.", ["pledged occurred DEU>UKR"]),
    ("Britain sent 700 million pounds to Ukraine as part of a loan programme funded by seized Russian assets.", ["delivered occurred GBR>UKR"]),
    ("Sweden announced a package that includes shells and radars to help Ukraine counter drones.", ["pledged occurred SWE>UKR"]),
    ("Poland says that Ukraine may use Polish-supplied weapons.", ["delivered ongoing POL>UKR"]),
    ("Pilots from Kenya fly helicopters donated by Japan.", ["delivered occurred JPN>KEN"]),
    ("Canada will keep ammunition flowing to Ukraine.", ["pledged occurred CAN>UKR"]),
    (
        "The leaders of Japan and Canada underscored their support for Ukraine, including through continued humanitarian assistance to Ukraine.",
        ["delivered ongoing CAN+JPN>UKR"],
    ),
    ('Nikol Pashinyan said that "we asked for support from Greece, including military support".', ["requested occurred GRC>ARM"]),
    ("Sweden said that Mali was not invited, and that Swedish payments to the country would cease.", ["suspended planned SWE>MLI"]),
    ("Humanitarian aid began to enter Gaza through the crossing.", ["delivered ongoing ->PSE"]),
    ("Norway's parliament approved a plan to give Ukraine more air defence.", ["approved occurred NOR>UKR"]),
    ("The IMF board approved a $1 billion loan for Ghana.", ["approved occurred international-monetary-fund>GHA"]),
    ("Japan promised $90 million for rebuilding Ukraine.", ["pledged occurred JPN>UKR"]),
    ("I want to thank the Slovakian government for providing an air defense system to Ukraine.", ["delivered occurred SVK>UKR"]),
    ("Canada remains committed to providing critical assistance to Ukraine.", ["pledged occurred CAN>UKR"]),
    ("Canada is committed to supporting the Afghan people by providing humanitarian assistance.", ["pledged occurred CAN>AFG"]),
    ("Nigeria welcomed assistance from the United States to combat terrorism.", ["delivered ongoing USA>NGA"]),
    ("Japan will send aid to Kenya as soon as its parliament approves the aid package for Kenya.", ["pledged occurred JPN>KEN", "approved planned JPN>KEN"]),
    ("Honduras will request the assistance of the United Nations.", ["requested planned united-nations>HND"]),
    ("Marco Rubio said that the U.S. would support the Ecuadorian navy by providing $6 million in drones.", ["pledged occurred USA>ECU"]),
    ("Canada will continue working to increase humanitarian assistance to Sudan.", ["pledged occurred CAN>SDN"]),
    ("The China International Development Cooperation Agency announced that they would provide emergency aid to Laos.", ["pledged occurred CHN>LAO"]),
    ("Emmanuel Macron called on Arab countries to exercise pressure to increase the flow of humanitarian aid into Gaza.", ["requested occurred ->PSE<FRA"]),
    ("USAID announced the resumption of food aid distribution to Ethiopia.", ["pledged occurred USA>ETH"]),
    ("Norway affirmed its commitment to continue providing humanitarian assistance to Ukraine in the face of attacks by Russia.", ["pledged occurred NOR>UKR"]),
    ("Spain discussed efforts to increase the flow of humanitarian aid into Gaza and Israel's decision to withdraw.", ["delivered ongoing ESP>PSE"]),
    (
        "Canada provided $5 million in assistance to Peru, bringing total Canadian assistance to Peru to $40 million.",
        ["delivered occurred CAN>PER unknown 5000000 USD", "delivered ongoing CAN>PER unknown 40000000 USD"],
    ),
]

# What is no step of assistance between two sides.
NONE = [
    "The city gave small businesses $3 million in grants.",
    "The Department of Education announced $40 million in grants for community colleges.",
    "The governor requested federal disaster assistance after the flood.",
    "The Biden administration extended relief to student borrowers.",
    "Health Canada approved a vaccine for children between six and eleven.",
    "The World Health Organization recommends the vaccine for adults.",
    "At least 12 Palestinians were killed while seeking humanitarian aid in Gaza.",
    "Gazprom suspended gas supplies to Latvia.",
    "Boeing will deliver 20 aircraft to Air India.",
    "The State Department approved the sale of missiles to Taiwan.",
    "Three aid workers were killed in Sudan.",
    "The aid convoy was attacked near Darfur.",
    "Poland voiced support for Moldova's government.",
    "The court granted legal aid to the defendant.",
    "The minister gave first aid to a cyclist.",
    "Google was fined $2.7 billion by the European Union.",
    "Russian jets dropped bombs on Kharkiv.",
    "Russia sent drones into Poland.",
    "The United States sent an aircraft carrier to the Gulf.",
    "Berlin criticised the delivery as too late.",
    "The company received a $2 billion investment from Saudi Arabia.",
    "The mayor promised support for farmers.",
    "Spain approved a €16 billion relief package for its households.",
    "Ukraine needs weapons.",
    "Hungary supports Serbia's membership of the European Union.",
    "The actor donated his fee to a hospital in Ohio.",
    "China lends its voice to calls for peace in Sudan.",
    "He received medical assistance at the scene in Kenya.",
    "The House passed a $900 billion stimulus package.",
    "The U.S. warned China against supplying weapons to Russia.",
    "Air Astana suspended all flights to Russia.",
    "Senegal announced the withdrawal of French forces and the closure of their facilities.",
    "Japan approved the release of a million tons of treated water into the Pacific Ocean.",
    "China agreed to stop the shipment of chemicals to the United States.",
    "Caribbean Americans have made great contributions to our Nation.",
    "Israeli tanks reached the outskirts of Gaza City.",
    "We will not tire in our resolve to give Ukraine the support it needs.",
    "The United States authorized an increase in the level of federal funding for emergency work in the State of Georgia.",
    "Customs officers in Italy seized weapons sent to Libya.",
    "The accord improves Japan's ability to deliver humanitarian assistance.",
    "Kenya lacks the capacity to deliver food aid to Somalia.",
    "She is responsible for providing military assistance to Jordan.",
    "Moldova hopes to receive financial assistance from Romania.",
    "The Department of Energy announced a $2 billion loan to a battery maker for factories in Ohio.",
    "The law provides $10 billion in funding to States, territories, and Tribal Governments.",
    "The administration announced $1 billion for clean water for Tribal Nations.",
    "President Biden's infrastructure law will send billions of dollars to Indian Country.",
    "The President announced additional financial support for the Commonwealth of Puerto Rico.",
    "The Department of Energy is announcing $18 million to 61 local governments.",
    "The Federal Government will expand its assistance to companies that build in the United States.",
    "The report found that $60 billion in foreign gifts were funneled into American universities.",
    "The United States provided grants to universities in Michigan.",
    "Canada announced $30 million in funding for its provinces.",
    "India approved a 500 billion rupee package for its farmers.",
    "The French government promised financial support to farmers hit by the drought.",
    "Germany's cabinet agreed a relief package for households.",
    "The Senate passed a bill that provides $70 billion in funding for border security.",
    "He is accused of funneling money to Mexico to benefit drug cartels.",
    "The ambassador thanked China for its assistance in arranging the transit of a prisoner.",
    "The United States imposed sanctions on those who provide Cuba with financial support.",
    "The White House underscored steadfast support for Ukraine's self-defense.",
    "The group announced a blockade on all fuel trucks that enter Mali.",
    "Georgia is receiving an economic boost from the war in Ukraine.",
    "The United States approves an $11 billion arms sale to Taiwan, the largest arms deal between them.",
    "Fuel shipments will be allowed to enter the port of Hodeidah.",
    "Israel cut off the electric power supply for the Gaza Strip.",
    "The Russian navy held exercises aimed at preventing the passage of foreign ships.",
    "Jamaica is willing to send troops to Haiti as part of a security assistance mission.",
    "Gunmen ambushed a convoy transporting Chinese engineers to a port in Pakistan.",
    "South Korea receives its first shipment of Pfizer's COVID-19 drug.",
    "South Africa blocks the transfer of 50,000 purchased shells to Poland.",
    "Turkey bought missiles from Russia and received the first shipment.",
    "Poland received the first of the tanks that it ordered from South Korea.",
    "Qatar agreed to supply Germany with gas.",
    "Denmark ordered 20 jets, which the United States will deliver in 2026.",
    "The fact sheet outlines how U.S. foreign assistance promotes human rights.",
    "She advises the Secretary of Defense on defense support of civil authorities.",
    "The agencies will prevent corruption in development finance projects.",
    "Sellers in China are shipping items to the United States.",
    "We urge all countries not to give military assistance to Russia.",
    "Leaders of Canada and Japan agreed that relief workers can safely deliver aid to civilians in Gaza.",
    "The United States and India intend to expand bilateral technical and financial support to expand manufacturing.",
    "The plans address the supply of illegal handguns from the United States to Jamaica.",
    "Kenya agreed to contribute personnel to the mission in Haiti.",
    "Donald Trump brokered a deal to increase defence contributions across NATO.",
    "The deal with Malaysia will deliver billions into the U.S. economy.",
    "The United States keeps a high level of LNG supplies to Germany.",
    "The Department of Energy announced a $2.5 billion loan to General Motors for a factory in Ohio.",
    "The United States announced $275 million for clean water in Puerto Rico.",
    "Denmark gave Greenland 20 million euros for new schools.",
    "The EU and the United States cooperate closely on energy policy and security of supply.",
    "The measures ensure that the army of Belarus does not obtain U.S. technology goods.",
    "The United States will continue to strengthen Ukraine's position in its defense against Russia.",
    "The notice led to a reduction of fentanyl shipments to the United States from China.",
    "The report praises local groups, including those delivering food and relief items to Ukrainians under attack.",
    "The leaders of Poland and Latvia discussed how to strengthen Ukraine's air defenses.",
]


def _told(mention: Mention) -> str:
    roles: dict[str, list[str]] = {}
    for actor in mention.actors:
        roles.setdefault(actor.role, []).append(actor.acts_for or actor.actor_id or actor.country or "?")
    sides = {role: "+".join(sorted(set(roles.get(role, [])) - {"?"})) or "-" for role in ("donor", "recipient", "requester")}
    asked = f"<{sides['requester']}" if sides["requester"] != "-" else ""
    amount = f"{mention.amount:.0f}" if mention.amount is not None else None  # type: ignore[attr-defined]
    values = [mention.aid_kind, amount, mention.currency, mention.amount_scope]  # type: ignore[attr-defined]
    return " ".join([mention.decision, mention.status, f"{sides['donor']}>{sides['recipient']}{asked}", *(each for each in values if each)])  # type: ignore[attr-defined]


def _steps(read: Reader, sentence: str) -> list[str]:
    return [_told(mention) for mention in read(sentence) if mention.event_type == "aid_decision"]


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES, ids=[sentence[:60] for sentence, _ in SENTENCES])
def test_sentence_tells(read: Reader, sentence: str, expected: list[str]) -> None:
    found = _steps(read, sentence)
    assert [each[: len(want)] for each, want in zip(found, expected, strict=False)] == expected
    assert len(found) == len(expected)


@pytest.mark.parametrize("sentence", NONE)
def test_sentence_tells_no_step(read: Reader, sentence: str) -> None:
    assert _steps(read, sentence) == []


@pytest.mark.parametrize(
    ("published", "sentence", "expected"),
    [
        ("1999-10-01", "The Clinton administration proposed $1.6 billion in aid for Colombia.", "proposed occurred USA>COL unknown 1600000000 USD once"),
        ("2022-10-01", "The Biden administration announced $600 million in military aid for Ukraine.", "pledged occurred USA>UKR military 600000000 USD once"),
        ("2025-10-01", "The Bush administration gave Pakistan $3 billion in military aid.", "delivered occurred USA>PAK military 3000000000 USD once"),
        ("1987-10-01", "The Reagan administration asked Congress for $100 million in aid to the Contras.", "requested occurred USA>contras<USA unknown"),
    ],
)
def test_a_leaders_administration_is_the_state_that_he_leads(read: Reader, published: str, sentence: str, expected: str) -> None:
    (mention,) = read(sentence, published)
    assert _told(mention).startswith(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Poland promised 14 tanks to Ukraine on Monday. The tanks will be delivered in March.", "pledged occurred POL>UKR"),
        ("Germany pledged $2 billion for Sudan. The money will be disbursed by the end of the year.", "pledged occurred DEU>SDN"),
    ],
)
def test_what_was_promised_before_goes_from_and_to_the_same(read: Reader, text: str, expected: str) -> None:
    _, again = read(text)
    assert _told(again).startswith(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The House passed the bill today. This legislation will provide military assistance to Taiwan.", "pledged occurred USA>TWN"),
        ("The resources that Congress provided in March have been critical to delivering economic assistance to Ukraine.", "delivered occurred USA>UKR"),
        ("My Administration is working to deliver humanitarian aid to Gaza.", "delivered ongoing USA>PSE"),
        ("All executive departments and agencies shall halt foreign aid to South Africa.", "suspended planned USA>ZAF"),
    ],
)
def test_what_the_state_that_publishes_decides_is_its_own(read: Reader, text: str, expected: str) -> None:
    (mention,) = [each for each in read(text, source="White House", uri="https://www.whitehouse.gov/1") if each.event_type == "aid_decision"]
    assert _told(mention).startswith(expected)
