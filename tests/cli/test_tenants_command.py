from tests.support.daemon import LiveDaemon


def test_a_tenant_is_created_listed_used_and_deleted(daemon: LiveDaemon) -> None:
    made = daemon.json("tenants", "create", "acme")
    assert set(made) == {"id", "twins", "sources", "created_at"}
    assert (made["id"], made["twins"], made["sources"]) == ("acme", 1, 0)
    assert daemon.json("tenants", "ls")["tenants"][0] == made
    assert "* acme" in daemon.run("tenants", "--tenant", "acme").stdout.replace("  ", " ")

    daemon.json("--tenant", "acme", "twin", "create", "Road Runner")
    slugs = [each["slug"] for each in daemon.json("twin", "list", "--tenant", "acme")["twins"]]
    assert slugs == ["road-runner", "default"]
    assert daemon.run("twin", "show", "road-runner").returncode == 4

    assert daemon.run("tenants", "delete", "acme").returncode == 2
    done = daemon.run("tenants", "rm", "acme", "--yes")
    assert (done.returncode, done.stdout) == (0, "Deleted acme (2 twins, 0 sources).\n")
    gone = daemon.run("twin", "list", "--tenant", "acme")
    assert (gone.returncode, "twinctl tenants list" in gone.stderr) == (4, True)


def test_a_tenant_from_the_environment_is_used(daemon: LiveDaemon) -> None:
    daemon.json("tenants", "create", "by-environment")
    daemon.run("twin", "create", "Only here", "--tenant", "by-environment")

    environ = {"TWINCTL_TENANT": "by-environment"}
    done = daemon.run("twin", "show", "only-here", environ=environ)

    assert done.returncode == 0
    daemon.json("tenants", "delete", "by-environment", "--yes")


def test_what_cannot_be_is_refused_with_words(daemon: LiveDaemon) -> None:
    default = daemon.run("tenants", "delete", "default", "--yes")
    assert (default.returncode, "always stays" in default.stderr) == (1, True)
    taken = daemon.run("tenants", "create", "default")
    assert (taken.returncode, "already" in taken.stderr) == (1, True)
    odd = daemon.run("tenants", "create", "Not a name")
    assert (odd.returncode, "small letters" in odd.stderr) == (2, True)
    assert daemon.run("tenants", "delete", "nobody", "--yes").returncode == 4
