"""Addresses of the reference; all public."""

from django.urls import path

from anatomy import views

urlpatterns = [
    path("learn/", views.learn, name="learn"),
    path("learn/muscles/", views.muscles, name="muscles"),
    path("learn/muscles/groups/<slug:slug>/", views.muscle_group, name="muscle_group"),
    path("learn/muscles/<slug:slug>/", views.muscle, name="muscle"),
    path("learn/bones-and-joints/", views.structures, name="structures"),
    path("learn/bones-and-joints/<slug:slug>/", views.structure, name="structure"),
    path("learn/arches/<slug:slug>/", views.arch, name="arch"),
    path("learn/questions/", views.questions, name="questions"),
    path("learn/questions/<slug:slug>/", views.question, name="question"),
    path("learn/<slug:slug>/", views.topic, name="topic"),
    path("evidence/", views.evidence, name="evidence"),
    path("evidence/<slug:slug>/", views.claim, name="claim"),
    path("glossary/", views.glossary, name="glossary"),
    path("sources/", views.sources, name="sources"),
    path("sources.<slug:form>", views.sources_export, name="sources_export"),
    path("sources/<slug:slug>.<slug:form>", views.source_export, name="source_export"),
    path("sources/<slug:slug>/", views.source, name="source"),
]
