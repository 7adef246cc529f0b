package io.ggen.marketplace.p2p.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;

import org.junit.jupiter.api.Test;

import java.util.List;

/** Messages as the reference implementation in JavaScript makes them of the same sets. */
final class ReferenceTest {
    private static final int LIMIT = 1 << 20;

    @Test
    void theFirstMessageOfNothingIsAnEmptyList() {
        assertThat(begin(0)).isEqualTo("6100000200");
    }

    @Test
    void theFirstMessageOfFewItemsIsTheirList() {
        assertThat(begin(1))
                .isEqualTo(
                        "6100000201f5201cf555e7b13e0dc1d8c025407e0d2d96eb5728d49be67c29becdc1ee44ba");
    }

    @Test
    void theFirstMessageOfMoreItemsIsSixteenFingerprints() {
        assertThat(begin(32))
                .isEqualTo(
                        "6186aacfe20101f501f442112dbcbc97fb93e5bca95e70fe6c0201b301d5e074b2ac04c6abc83f"
                                + "a859fe20c1e7020001d28627fa906e2d53c8af57fea34526eb0101dd01516df1ecf49c"
                                + "8771af46ebee535975d502019f016417810f15cef06d62f3a4557fd78483020001c67e"
                                + "34e92df24f072bbf3b0b31f6f0370101f201efcf008cc7d686fddb489178b557355202"
                                + "01cf015a554e3eb339737c3cecc8293b5ef46b020001698131b5eff1889a5ed842f5d3"
                                + "00cf820101bb01ea71d76afc5915be50e06194af8e94d8020154011b58376a7f3193fb"
                                + "3fd1ca66933f18b402000193d6f98882f24251045c96ce4525b63b010150014d41158c"
                                + "d538f6737292fd953ef37cac0201de0127d39aee6e7f1104530970c282216949020001"
                                + "caf8d2d739148d2e3652b5a07b05f5db000001fefa3ed7693076fc17e6a83b2e0c1ca3");
    }

    @Test
    void aShortTalkIsTheSame() {
        Talk talk =
                Talk.between(
                        View.of(Talk.samples(40, i -> i != 7)),
                        View.of(Talk.samples(40, i -> i != 30)),
                        LIMIT);
        assertThat(talk.messages.getLast().hex())
                .isEqualTo(
                        "6186aacfe203000002019f0204491363af0b88d6c7aeb937b0a6607fd23ffa674cdfccc24d5b4f"
                                + "12d028e4f7e1860b19ff06cdec8ef51ad68d1714bc7029489f6e17be3ef91c1194d2a8"
                                + "0db10fdd0ff3e48ec397506385d9aa7a5ed10f562bb4a163ed4964ee7f4b3d882c603d"
                                + "3ab9301ea804e5a0d552be8fd3ad5abde53ce93bca48ffceb22a1c725d65b462080000"
                                + "01017c02014db6af54cd0a403a8f09db26d5e6cb8b1b84da19afe8ce9f67bcadadb298"
                                + "2550");
        assertThat(talk.first.needed()).containsExactly(Talk.sample(7).id());
        assertThat(talk.first.offered()).containsExactly(Talk.sample(30).id());
    }

    @Test
    void aLongerTalkIsTheSame() {
        Talk talk =
                Talk.between(
                        View.of(Talk.samples(1000, i -> i % 97 != 5)),
                        View.of(Talk.samples(1000, i -> i % 89 != 3)),
                        LIMIT);
        assertThat(talk.messages)
                .extracting(Bytes::length)
                .isEqualTo(List.of(318, 4728, 3094, 3062));
        assertThat(talk.messages.subList(1, 4))
                .extracting(message -> Sha256.of(message).hex())
                .containsExactly(
                        "b2a3e64ef1624cda00fb13ca631e36b1a8f2e8eb652fa889cc0b0f39f7f3f484",
                        "dd6e58701601455cfb036484dcf098d4652a2017f4f0b503ffaa9b789170302e",
                        "82674d59c0ae95e68bfb353261491c8bc783af88c38f30b65bff2bcebdcbf2f5");
        assertThat(talk.first.needed()).hasSize(11);
        assertThat(talk.first.offered()).hasSize(12);
    }

    private static String begin(int count) {
        View view = View.of(Talk.samples(count, i -> true));
        return new Reconciliation(LIMIT, 1000).begin(view).hex();
    }
}
