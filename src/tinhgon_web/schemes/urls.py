"""Addresses of schemes."""

from __future__ import annotations

from django.urls import path

from tinhgon_web.schemes.views import comparing, editing, enacting, listing, planning, procedure

app_name = "schemes"
urlpatterns = [
    path("", listing.show_list, name="list"),
    path("moi/", listing.show_start, name="start"),
    path("moi/lap/", listing.start, name="create"),
    path("thieu-tep/", listing.show_lacking, name="lacking"),
    path("<int:scheme>/", planning.show_scheme, name="scheme"),
    path("<int:scheme>/chay/", planning.plan, name="plan"),
    path("<int:scheme>/rut/", planning.withdraw, name="withdraw"),
    path("<int:scheme>/dac-thu/", planning.add_factor, name="add-factor"),
    path("<int:scheme>/dac-thu/bo/", planning.remove_factor, name="remove-factor"),
    path("<int:scheme>/dac-thu/<int:factor>/", planning.show_evidence, name="evidence"),
    path("<int:scheme>/so-sanh/", comparing.show_comparison, name="compare"),
    path("<int:scheme>/phuong-an/<int:number>/", editing.show_variant, name="variant"),
    path(
        "<int:scheme>/phuong-an/<int:number>/chung-chi.json", editing.download_certificate, name="certificate"
    ),
    path("<int:scheme>/phuong-an/<int:number>/vi-sao/", editing.ask_why, name="why"),
    path("<int:scheme>/phuong-an/<int:number>/chon/", editing.choose, name="choose"),
    path("<int:scheme>/phuong-an/<int:number>/sao/", editing.copy, name="copy"),
    path("<int:scheme>/phuong-an/<int:number>/sua/", editing.edit, name="edit"),
    path("<int:scheme>/phuong-an/<int:number>/hoan-tac/", editing.undo, name="undo"),
    path("<int:scheme>/phuong-an/<int:number>/lam-lai/", editing.redo, name="redo"),
    path("<int:scheme>/thu-tuc/", procedure.show_procedure, name="procedure"),
    path("<int:scheme>/thu-tuc/buoc/", procedure.take_step, name="take-step"),
    path("<int:scheme>/thu-tuc/<int:number>/giay/", procedure.attach_paper, name="attach-paper"),
    path("<int:scheme>/giay/<int:paper>/", procedure.send_paper, name="paper"),
    path("<int:scheme>/giay/<int:paper>/cong-khai/", procedure.open_paper, name="open-paper"),
    path("<int:scheme>/thu-tuc/tra-lai/", procedure.send_back, name="send-back"),
    path("<int:scheme>/thu-tuc/xac-nhan/", procedure.recheck, name="recheck"),
    path("<int:scheme>/ban/<int:version>/", procedure.show_version, name="version"),
    path("<int:scheme>/noi-ve/", enacting.show_placements, name="placements"),
    path("<int:scheme>/noi-ve/ghi/", enacting.place, name="place"),
    path("<int:scheme>/ban-hanh/", enacting.show_enactment, name="enactment"),
    path("<int:scheme>/ban-hanh/ghi/", enacting.enact, name="enact"),
    path("<int:scheme>/ban-hanh/huy/", enacting.annul, name="annul"),
    path("<int:scheme>/doi-du/", enacting.show_left_over, name="left-over"),
    path("<int:scheme>/doi-du/<int:item>/", enacting.look_after, name="look-after"),
]
