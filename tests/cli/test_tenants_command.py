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


def test_each_tenant_has_its_own_twin_in_use(daemon: LiveDaemon) -> None:
    daemon.json("tenants", "create", "choosy")
    daemon.json("twin", "create", "Known at home")
    of_choosy = daemon.json("--tenant", "choosy", "twin", "create", "Known there")
    daemon.json("twin", "use", "known-at-home")

    without_a_choice = daemon.json("--tenant", "choosy", "twin", "show")
    used = daemon.run("--tenant", "choosy", "twin", "use", "known-there")
    at_home, there = daemon.json("twin", "show"), daemon.json("--tenant", "choosy", "twin", "show")

    assert without_a_choice["slug"] == "default"
    assert used.stdout == "Commands now use known-there in the tenant choosy.\n"
    assert at_home["slug"] == "known-at-home"
    assert there == of_choosy
    assert daemon.json("--tenant", "choosy", "config", "get", "twin") == {
        "key": "twins.choosy",
        "value": "known-there",
        "origin": "file",
    }
    assert daemon.json("config", "get", "twin")["value"] == "known-at-home"
    daemon.json("tenants", "delete", "choosy", "--yes")
    daemon.json("twin", "use", "default")
    daemon.json("twin", "delete", "known-at-home", "--yes")


def test_a_twin_in_use_that_is_gone_is_told_with_the_way_out(daemon: LiveDaemon) -> None:
    daemon.json("tenants", "create", "forgetful")
    daemon.json("--tenant", "forgetful", "config", "set", "twin", "long-gone")
    done = daemon.run("--tenant", "forgetful", "ask", "Who is there?")
    assert done.returncode == 4
    assert "there is no twin long-gone" in done.stderr
    assert "twinctl twin use" in done.stderr
    renamed = daemon.run("--tenant", "forgetful", "-t", "default", "twin", "edit", "--slug", "new")
    assert "hint: twinctl twin use new" in renamed.stderr
    daemon.json("tenants", "delete", "forgetful", "--yes")


def test_a_deleted_tenant_leaves_no_twin_in_use_behind(daemon: LiveDaemon) -> None:
    daemon.json("tenants", "create", "passing")
    daemon.json("--tenant", "passing", "twin", "use", "default")
    daemon.run("config", "set", "tenant", "passing")

    done = daemon.run("tenants", "delete", "passing", "--yes")

    assert done.stderr == (
        "notice: it was the one in use\nhint: twinctl config set tenant default\n"
    )
    assert "passing" not in daemon.home.config.read_text().replace('tenant = "passing"', "")
    daemon.run("config", "set", "tenant", "default")


def test_a_twin_in_use_that_is_deleted_is_told_then_and_later(daemon: LiveDaemon) -> None:
    daemon.json("tenants", "create", "parting")
    daemon.json("--tenant", "parting", "twin", "create", "Leaving")
    daemon.json("--tenant", "parting", "twin", "use", "leaving")

    deleted = daemon.run("--tenant", "parting", "twin", "delete", "leaving", "--yes")
    asked = daemon.run("--tenant", "parting", "ask", "Who is there?")

    assert deleted.stderr == "notice: it was the one in use\nhint: twinctl twin use TWIN\n"
    assert asked.returncode == 4
    assert "error: there is no twin leaving" in asked.stderr
    assert "twinctl twin use TWIN chooses one" in asked.stderr
    daemon.json("tenants", "delete", "parting", "--yes")


def test_what_cannot_be_is_refused_with_words(daemon: LiveDaemon) -> None:
    default = daemon.run("tenants", "delete", "default", "--yes")
    assert (default.returncode, "always stays" in default.stderr) == (1, True)
    taken = daemon.run("tenants", "create", "default")
    assert (taken.returncode, "already" in taken.stderr) == (1, True)
    odd = daemon.run("tenants", "create", "Not a name")
    assert (odd.returncode, "small letters" in odd.stderr) == (2, True)
    assert daemon.run("tenants", "delete", "nobody", "--yes").returncode == 4
