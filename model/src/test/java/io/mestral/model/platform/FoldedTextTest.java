package io.mestral.model.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FoldedTextTest {
  @Test
  void caseAndAccentsAreNothing() {
    assertThat(FoldedText.words("Sant Martí, L'HOSPITALET  de Llobregat"))
        .containsExactly("sant", "marti", "l", "hospitalet", "de", "llobregat");
    assertThat(FoldedText.words("España Çatalca Łódź Straße Ærø İzmir"))
        .containsExactly("espana", "catalca", "lodz", "strasse", "aero", "izmir");
  }

  @Test
  void otherScriptsStayReadable() {
    assertThat(FoldedText.words("東京 Αθήνα")).containsExactly("東京", "αθηνα");
  }

  @Test
  void wordsStandBetweenBlanks() {
    assertThat(FoldedText.of(List.of("Roof", "South side"))).isEqualTo(" roof south side ");
    assertThat(FoldedText.of(List.of("!?"))).isEqualTo(" ");
  }

  @Test
  void countriesHaveNames() {
    assertThat(Countries.name(Optional.of("ES"))).contains("Spain");
    assertThat(Countries.name(Optional.of("QQ"))).isEmpty();
    assertThat(Countries.name(Optional.empty())).isEmpty();
  }
}
