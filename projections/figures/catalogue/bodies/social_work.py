"""Figures of social work (社会工作)."""

from projections.figures.definition import Definition, one
from projections.figures.terms.basic import FactCount

FIGURES = (
    Definition(
        id="social-work.bodies",
        zh="设立民间社工机构",
        en="Social-work bodies set up",
        chapter=1,
        programme="social-work",
        kind="flow",
        unit="organisation",
        formula="n(organisation.registered, activity=social-work)",
        print="plain",
        counter="家",
        terms=one(
            FactCount(measure="organisations-registered", programme="social-work"), "organisation"
        ),
    ),
    Definition(
        id="social-work.staff",
        zh="招聘编制内社工",
        en="Social workers hired on the staff",
        chapter=1,
        programme="social-work",
        kind="flow",
        unit="person",
        formula="n(worker.appointed, established)",
        print="plain",
        counter="名",
        terms=one(
            FactCount(measure="workers-appointed", detail="established"), "person", personal=True
        ),
    ),
    Definition(
        id="social-work.bought",
        zh="向社工机构购买社工服务",
        en="Posts of social workers bought",
        chapter=1,
        programme="social-work",
        kind="flow",
        unit="post",
        formula="sum(contract.signed.posts)",
        print="plain",
        counter="名",
        stage="committed",
        terms=one(FactCount(measure="posts-bought"), "post"),
    ),
)
