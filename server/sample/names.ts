/** Hand-picked names, ordinary ones, for people who do not exist. */
interface Names {
  women: readonly string[];
  men: readonly string[];
  last: readonly string[];
}
const words = (text: string) => text.trim().split(/\s+/u);

const german: Names = {
  women:
    words(`Anna Andrea Anja Annika Birgit Britta Carolin Christina Claudia Cornelia Daniela Doris Elena Elke
    Eva Franziska Gabriele Hanna Heike Ines Ingrid Jana Janina Johanna Julia Karin Katja Kerstin Laura Lena Linda
    Manuela Maren Marion Martina Melanie Miriam Monika Nadine Nicole Nina Petra Ramona Sabine Sandra Silke Simone
    Sonja Stefanie Susanne Svenja Tanja Ulrike Ute Vanessa Verena Yvonne Aylin Leyla Emine Agnieszka`),
  men: words(`Alexander Andreas Arne Axel Bernd Björn Carsten Christian Christoph Daniel David Dennis Dirk Dominik
    Erik Fabian Felix Florian Frank Georg Gerd Götz Hannes Heiko Henning Holger Jan Jens Jochen Johannes Jörg Jürgen
    Kai Karsten Klaus Lars Lukas Marc Marco Martin Matthias Michael Moritz Nils Norbert Oliver Patrick Paul Peter
    Philipp Ralf Rainer Robert Rüdiger Sascha Sebastian Simon Stefan Sven Thomas Tim Tobias Torsten Ulrich Uwe
    Volker Wolfgang Mehmet Emre Tomasz`),
  last: words(`Ahrens Albers Arnold Bach Bauer Becker Behrens Berger Böhm Brinkmann Busch Dietrich Drews Ebert
    Eckert Engel Ernst Fiedler Fischer Förster Frank Friedrich Fuchs Geiger Gerlach Graf Groß Günther Haas Hahn
    Hartmann Heinrich Heller Hermann Hesse Hoffmann Huber Jäger Jahn Jansen Kaiser Kaya Keller Kern Kirchner Klein
    Koch Köhler König Kowalski Krämer Kraus Kruse Kühn Kuhn Lang Lehmann Lindner Lorenz Ludwig Maier Martens Marx
    Meyer Möller Moser Müller Nagel Neumann Nowak Otto Özdemir Paulsen Peters Pfeiffer Pohl Reinhardt Richter
    Riedel Roth Sander Sauer Schäfer Scholz Schreiber Schröder Schubert Schulte Schwarz Seidel Simon Sommerfeld
    Stein Thiel Thomsen Vogel Vogt Wagner Walter Weber Weiß Wendt Winkler Wolff Yilmaz Ziegler Zimmermann`),
};
const dutch: Names = {
  women:
    words(`Anke Anouk Annemiek Carla Daphne Ellen Els Esther Eva Femke Fleur Hanneke Ilse Inge Iris Jolanda
    Judith Karin Kim Lieke Linda Lotte Maaike Manon Marieke Marjolein Mirjam Nienke Petra Sanne Saskia Silvia Sofie
    Tessa Wendy Yvonne Fatima Noor`),
  men: words(`Arjan Bart Bas Bram Daan Dennis Dirk Erik Frank Geert Gijs Hans Henk Jan Jasper Jeroen Joost Joris
    Kees Koen Lars Luc Maarten Marcel Mark Martijn Michiel Niels Olivier Paul Peter Pieter Rob Ruben Sander Sjoerd
    Stefan Stijn Thijs Tim Tom Willem Wim Wouter Youssef`),
  last: words(`Aerts Bakker Beekman Blom Boersma Bos Brouwer Claes Coppens Dekker Dijkstra Driessen Goossens Haan
    Hendriks Hermans Hoekstra Huisman Jacobs Jansen Janssens Kok Koster Kuipers Lambrechts Leemans Maas Maes Meijer
    Mertens Michiels Mulder Nijland Peeters Pauwels Postma Prins Scholten Schouten Segers Smeets Smit Stevens
    Timmermans Veenstra Verbeek Verhoeven Vermeer Visser Vos Willems Wouters Zijlstra Haddad`),
};
const british: Names = {
  women:
    words(`Abigail Alice Amanda Amy Anita Beth Caroline Catherine Charlotte Claire Deborah Eleanor Elizabeth
    Emily Emma Fiona Gemma Georgia Hannah Harriet Heather Helen Imogen Jane Jennifer Joanna Karen Kate Laura Leah
    Louise Lucy Meera Megan Natalie Nicola Olivia Priyanka Rachel Rebecca Ruth Samantha Sarah Sophie Tracey Victoria
    Wendy Yasmin Zoe`),
  men: words(`Adam Adrian Alan Alistair Andrew Anthony Ben Callum Charles Christopher Colin Craig Darren David Dean
    Edward Euan Gareth Gavin George Graham Harry Ian Imran Jack James Jason Joe Jonathan Keith Kevin Lewis Liam Luke
    Mark Martin Matthew Neil Nigel Oliver Owen Patrick Paul Peter Philip Raj Richard Robert Rory Ryan Sam Simon
    Stephen Steven Stuart Tariq Thomas Tim Vikram William`),
  last: words(`Adams Ahmed Allen Archer Armstrong Atkinson Bailey Baker Barker Barnes Bennett Booth Bradley Brooks
    Burton Butler Carr Carter Chapman Clarke Collins Cooper Cox Cunningham Davies Dawson Dixon Edwards Ellis Evans
    Fletcher Foster Fraser Gibson Gill Graham Gray Green Griffiths Hall Hamilton Harris Harvey Hayes Henderson
    Holmes Hunt Hussain Jackson Jenkins Jones Kaur Kelly Kennedy Khan Knight Lawson Lloyd Marshall Mason Matthews
    McDonald Mills Mitchell Moore Morgan Morris Murphy Murray Newton Owen Palmer Parker Patel Pearson Phillips
    Porter Powell Price Reid Reynolds Richards Roberts Robinson Rogers Ross Russell Saunders Scott Shaw Simpson
    Spencer Stone Thompson Turner Walker Walsh Ward Watson Webb Wells Wood Wright Young`),
};

export const namesOf: Record<string, Names> = {
  DE: german,
  AT: german,
  CH: german,
  NL: dutch,
  BE: dutch,
  LU: dutch,
  GB: british,
};

type Titles = readonly (readonly [string, string])[];

/** Titles, as a man and as a woman bears them: of those who have a say in buying, and of others. */
export const titlesOf: Record<'de' | 'en', { deciding: Titles; others: Titles }> = {
  de: {
    deciding: [
      ['Leiter Logistik', 'Leiterin Logistik'],
      ['Lagerleiter', 'Lagerleiterin'],
      ['Geschäftsführer', 'Geschäftsführerin'],
      ['Leiter Supply Chain', 'Leiterin Supply Chain'],
      ['Betriebsleiter', 'Betriebsleiterin'],
      ['Leiter Einkauf', 'Leiterin Einkauf'],
      ['IT-Leiter', 'IT-Leiterin'],
      ['Qualitätsmanager', 'Qualitätsmanagerin'],
      ['Projektleiter Intralogistik', 'Projektleiterin Intralogistik'],
    ],
    others: [
      ['Sachbearbeiter Versand', 'Sachbearbeiterin Versand'],
      ['Disponent', 'Disponentin'],
      ['Fachkraft für Arbeitssicherheit', 'Fachkraft für Arbeitssicherheit'],
      ['Werkstudent Logistik', 'Werkstudentin Logistik'],
    ],
  },
  en: {
    deciding: [
      ['Head of Logistics', 'Head of Logistics'],
      ['Warehouse Manager', 'Warehouse Manager'],
      ['Managing Director', 'Managing Director'],
      ['Supply Chain Director', 'Supply Chain Director'],
      ['Operations Manager', 'Operations Manager'],
      ['Procurement Manager', 'Procurement Manager'],
      ['IT Manager', 'IT Manager'],
      ['Quality Manager', 'Quality Manager'],
      ['Site Manager', 'Site Manager'],
    ],
    others: [
      ['Shift Supervisor', 'Shift Supervisor'],
      ['Logistics Planner', 'Logistics Planner'],
      ['Continuous Improvement Lead', 'Continuous Improvement Lead'],
      ['Warehouse Operative', 'Warehouse Operative'],
    ],
  },
};
