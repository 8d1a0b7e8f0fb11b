"""Some jobs of every family of trades, as the lexicon knows them, for made-up people."""

from __future__ import annotations

from functools import cache

from bot.advice.occupation import Channel, Constraint, JobFamily, Licence, Occupation
from bot.advice.profile import Diploma

# fmt: off
_TABLE = """
K2204 | agent d'entretien | cleaning | | offers walk_in agency | | standing split_shifts early repetitive alone | K1304 |
K1304 | aide ménager | cleaning | | offers network platform | | standing split_shifts repetitive alone | K2204 | yes
K1302 | auxiliaire de vie | care | | offers walk_in platform | driving | standing heavy_loads weekends split_shifts emotional driving | K1304 | yes
J1501 | aide-soignant | care | cap | offers agency spontaneous | | standing heavy_loads nights weekends emotional | J1506 |
J1506 | infirmier | health | bac2 | offers agency spontaneous | medical_order | standing heavy_loads nights weekends emotional | J1505 |
D1106 | vendeur | retail | | offers walk_in apprenticeship | hygiene | standing weekends early | D1507 |
D1507 | employé de rayon | retail | | offers walk_in agency | | standing heavy_loads weekends early repetitive | D1505 |
D1505 | caissier | retail | | offers walk_in agency | | weekends split_shifts noise repetitive | D1507 |
G1803 | serveur | food | | offers walk_in seasonal | hygiene | standing weekends split_shifts noise | G1801 |
G1602 | cuisinier | food | | offers walk_in seasonal | hygiene | standing weekends split_shifts noise heat | G1603 | yes
G1703 | réceptionniste | hotel | | offers walk_in seasonal | | standing nights weekends screens | M1601 |
N1103 | préparateur | logistics | | offers walk_in agency | | standing heavy_loads early cold repetitive | N1101 |
N1105 | manutentionnaire | logistics | | offers walk_in agency | | standing heavy_loads nights early repetitive | N1103 |
N4105 | chauffeur-livreur | transport | | offers walk_in agency | driving | heavy_loads early driving alone | N4104 |
N4101 | conducteur routier | transport | | offers walk_in agency | driving heavy_goods | nights early travel driving alone | N4105 |
N4102 | chauffeur | transport | | offers network platform | driving taxi_card | nights weekends split_shifts driving alone | N4103 | yes
F1703 | maçon | building | | offers agency apprenticeship | | standing heavy_loads outdoors cold heat | F1701 | yes
F1610 | couvreur | building | | offers agency apprenticeship | driving | heavy_loads outdoors heights cold heat | F1503 | yes
F1602 | électricien | building | cap | offers agency apprenticeship | driving electrical | standing travel heights driving | I1309 |
H2909 | monteur assembleur | industry | | offers agency | | standing heavy_loads noise repetitive | H2901 |
H2913 | soudeur | industry | cap | offers agency spontaneous | other | heavy_loads noise heat smells | H2902 |
I1304 | technicien | maintenance | bac | offers agency apprenticeship | electrical | standing nights weekends noise | I1309 | yes
I1604 | mécanicien | maintenance | cap | offers walk_in apprenticeship | driving | standing heavy_loads noise smells | I1606 | yes
M1607 | secrétaire | office | | offers agency spontaneous | | screens | M1602 |
M1203 | comptable | finance | bac | offers agency spontaneous | | screens repetitive | M1608 |
M1602 | agent administratif | office | | offers agency exam | | screens repetitive | M1607 |
M1801 | administrateur systèmes et réseaux | digital | bac2 | offers network apprenticeship | | nights screens | M1810 |
M1805 | développeur | digital | bac2 | offers network platform | | screens | M1802 |
E1205 | graphiste | media | bac | offers network platform | | screens | E1104 |
E1103 | chargé de communication | media | bac3 | offers spontaneous network | | travel screens | E1101 |
D1202 | coiffeur | beauty | cap | offers walk_in apprenticeship | | standing weekends smells repetitive | D1208 | yes
A1203 | jardinier | farming | | offers agency network | driving | standing heavy_loads outdoors noise cold | A1202 |
A1414 | maraîcher, horticulteur | farming | | offers network seasonal | | heavy_loads outdoors cold heat seasonal | A1402 |
A1401 | saisonnier en fruits ou vignes | farming | | offers walk_in seasonal | | standing outdoors heat seasonal repetitive | A1402 |
K2503 | agent de sécurité | security | | offers walk_in network | security_card | standing nights weekends emotional alone | K1706 |
K2102 | coordinateur pédagogique | teaching | bac3 | offers spontaneous network | | screens | K2111 |
K2106 | professeur des écoles | teaching | bac3 | spontaneous exam | | standing noise emotional | K2107 |
K1207 | éducateur spécialisé | social | bac | offers spontaneous network | driving | nights weekends split_shifts emotional | K1201 |
K1201 | assistant social | social | bac2 | offers spontaneous exam | | emotional driving | K1207 |
G1204 | éducateur sportif | leisure | bac | offers spontaneous network | | standing weekends split_shifts outdoors | G1203 |
G1202 | animateur | leisure | | offers spontaneous seasonal | | standing weekends noise seasonal | G1203 |
C1401 | agent administratif en banque ou assurance | finance | | offers agency spontaneous | | screens repetitive | M1602 |
D1402 | commercial | sales | | offers network apprenticeship | driving | travel screens driving | D1407 |
D1403 | commercial | sales | | offers spontaneous network | driving | weekends travel driving | D1402 | yes
L1202 | musicien, chanteur | arts | | network platform audition | | nights weekends travel noise | K2105 |
L1509 | régisseur | arts | | offers spontaneous network | driving | nights weekends early travel | E1107 |
B1401 | vannier, rempailleur | arts | | spontaneous network apprenticeship | | repetitive alone | B1806 |
K1902 | clerc de notaire | law | bac2 | offers spontaneous exam | | screens | M1607 |
M1502 | chargé de recrutement | management | bac2 | offers network apprenticeship | | screens | M1501 |
M1704 | responsable relation client | sales | bac2 | offers spontaneous network | | noise screens | D1408 |
H1206 | ingénieur recherche et développement | science | bac5 | offers network | | screens | H1402 |
K2108 | enseignant-chercheur | teaching | bac5 | offers network exam | | screens | K2401 |
C1504 | agent immobilier | sales | | offers walk_in network | driving property_card | weekends travel driving | C1502 |
K2111 | formateur | teaching | | offers network platform | | standing travel | K2101 |
N3101 | officier | transport | bac | offers network exam | maritime | nights weekends travel outdoors emotional | N3102 |
"""  # noqa: E501
# fmt: on


@cache
def some_jobs() -> tuple[tuple[str, Occupation], ...]:
    """(everyday name, facts) of each job, with one of the jobs close to it."""
    return tuple(_read(line) for line in _TABLE.strip().splitlines())


def _read(line: str) -> tuple[str, Occupation]:
    code, name, family, required, channels, licences, constraints, close, shortage = (
        field.strip() for field in line.split("|")
    )
    return name, Occupation(
        code=code,
        family=JobFamily(family),
        required=Diploma(required) if required else None,
        channels=frozenset(map(Channel, channels.split())),
        licences=frozenset(map(Licence, licences.split())),
        constraints=frozenset(map(Constraint, constraints.split())),
        close=tuple(close.split()),
        shortage=shortage == "yes",
    )
