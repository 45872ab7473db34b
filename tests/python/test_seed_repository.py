"""The function that puts the first commit into a repository."""
import base64

from aws import Refused
from scaffold import ScaffoldTest


def encoded(text):
    return base64.b64encode(text.encode()).decode()


class SeedRepositoryTest(ScaffoldTest):
    source = "seed_repository.py"

    def seed(self, files):
        return self.call({"repository": "demo-models", "branch": "main", "files": {name: encoded(text) for name, text in files.items()}})

    def expect_no_branch(self):
        self.aws.expect("codecommit.get_branch", Refused("BranchDoesNotExistException"), repositoryName="demo-models", branchName="main")

    def test_all_files_are_one_commit(self):
        self.expect_no_branch()
        self.aws.expect("codecommit.create_commit", {"commitId": "c1"}, repositoryName="demo-models", branchName="main")
        self.assertEqual(self.seed({"b.sh": "#!/bin/sh\n", "a/b.txt": "text"}), {"commit": "c1", "seeded": True})
        call = self.aws.called("codecommit.create_commit")[0]
        self.assertEqual(call["putFiles"], [{"filePath": "a/b.txt", "fileMode": "NORMAL", "fileContent": b"text"},
                                            {"filePath": "b.sh", "fileMode": "EXECUTABLE", "fileContent": b"#!/bin/sh\n"}])
        self.assertNotIn("parentCommitId", call.arguments)

    def test_many_files_are_several_commits_one_behind_the_other(self):
        self.expect_no_branch()
        for commit in ("c1", "c2", "c3"):
            self.aws.expect("codecommit.create_commit", {"commitId": commit})
        self.assertEqual(self.seed({f"{n:03}.txt": "x" for n in range(201)})["commit"], "c3")
        calls = self.aws.called("codecommit.create_commit")
        self.assertEqual([len(call["putFiles"]) for call in calls], [100, 100, 1])
        self.assertEqual([call.arguments.get("parentCommitId") for call in calls], [None, "c1", "c2"])

    def test_a_branch_that_is_there_stays_as_it_is(self):
        self.aws.expect("codecommit.get_branch", {"branch": {"commitId": "c9"}})
        self.assertEqual(self.seed({"a": "x"}), {"commit": "c9", "seeded": False})

    def test_other_refusals_are_not_hidden(self):
        self.aws.expect("codecommit.get_branch", Refused("RepositoryDoesNotExistException"))
        with self.assertRaisesRegex(Exception, "RepositoryDoesNotExistException"):
            self.seed({"a": "x"})

    def test_nothing_is_no_seed(self):
        self.expect_no_branch()
        with self.assertRaisesRegex(ValueError, "nothing to seed"):
            self.seed({})
