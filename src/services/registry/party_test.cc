#include "registry/party.h"

#include <gtest/gtest.h>

#include "registry/credentials.h"

namespace onsale::registry {
namespace {

TEST(Origin, is_a_scheme_a_host_and_perhaps_a_port) {
    for (const std::string_view url : {"http://127.0.0.1:8101", "https://bank.example",
                                       "http://[::1]:1", "https://bank.example:443"}) {
        EXPECT_TRUE(is_origin(url, true)) << url;
    }
    for (const std::string_view url :
         {"", "http://", "bank.example", "ftp://bank.example", "http://bank.example/", "http://a@b",
          "http://bank.example?x", "http://bank.example:", "http://bank.example:123456",
          "http://[::1", "http://bank example", "http://[]"}) {
        EXPECT_FALSE(is_origin(url, true)) << url;
    }
}

TEST(Origin, is_public_and_secret_unless_private_ones_are_allowed) {
    for (const std::string_view url :
         {"http://bank.example", "https://127.0.0.1", "https://10.1.2.3:8443", "https://[::1]"}) {
        EXPECT_FALSE(is_origin(url, false)) << url;
    }
    EXPECT_TRUE(is_origin("https://bank.example", false));
    EXPECT_TRUE(is_origin("https://93.184.216.34", false));
}

TEST(Credentials, say_when_the_address_was_guessed) {
    const Credentials credentials{bank_party(1), {KeyPair{}}};
    const auto file = [&](bool guessed) {
        return credentials_file(credentials, {"http://127.0.0.1:8080", "onsale", guessed});
    };
    EXPECT_NE(file(true).find("http.public_url"), std::string::npos);
    EXPECT_EQ(file(false).find("http.public_url"), std::string::npos);
}

TEST(Credentials, are_a_file_that_names_both_directions) {
    Credentials credentials{bank_party(7), {}};
    KeyPair pair;
    pair.to_party.id = "00000001";
    pair.to_site.id = "00000002";
    pair.to_site.secret.fill(std::byte{0xab});
    credentials.keys.push_back(pair);
    const std::string none(64, '0');
    std::string some;
    for (int i = 0; i < 32; ++i) some += "ab";
    EXPECT_EQ(credentials_file(credentials, {"http://127.0.0.1:8080", "onsale"}),
              "# Secret: what bank 7 signs and checks with. Readable by its program only.\n"
              "site = \"http://127.0.0.1:8080\"\n"
              "bank = 7\n"
              "merchant = \"onsale\"\n"
              "\n[[to_bank]]\nid = \"00000001\"\nsecret = \"" +
                  none +
                  "\"\n"
                  "\n[[to_site]]\nid = \"00000002\"\nsecret = \"" +
                  some + "\"\n");
    EXPECT_EQ(credentials_file_name(bank_party(7)), "bank-7.toml");
}

}  // namespace
}  // namespace onsale::registry
